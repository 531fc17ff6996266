import type { HookFormat } from "./hook-format.js";
import { hookLines } from "./hook-lines.js";
import { dropBlock, newFile, putBlock } from "./marked-block.js";

/** Without one, git and husky let a shell run the file. */
function isShell(text: string): boolean {
  if (text.includes("\0")) return false;
  return !text.startsWith("#!") || /^#!.*\b(sh|bash|dash|ash|ksh|mksh|zsh)\b/.test(text);
}

function afterShebang(text: string): number {
  if (!text.startsWith("#!")) return 0;
  const end = text.indexOf("\n");
  return end < 0 ? text.length : end + 1;
}

/** The files of Git's own hooks folder, or those of husky, which need no first line. gmig's lines come first, so that the hook ends as it did before. */
export function shellFormat(options: { readonly shebang: boolean }): HookFormat {
  return {
    put(text, hook) {
      if (text === null) return newFile(hook, hookLines(hook), options);
      if (!isShell(text)) return { refused: "is no shell script" };
      return putBlock(text, hook, hookLines(hook), afterShebang(text));
    },
    drop: (text, hook) => dropBlock(text, hook),
  };
}
