import { existsSync, readFileSync } from "node:fs";
import { basename, dirname, join } from "node:path";

/** How Git comes to call gmig. */
export type HookWay = "config" | "husky" | "lefthook" | "simple-git-hooks" | "pre-commit" | "plain";
export const HOOK_WAYS: readonly HookWay[] = ["config", "husky", "lefthook", "simple-git-hooks", "pre-commit", "plain"];

/** A hook manager that a project uses. */
export interface HookManager {
  readonly way: Exclude<HookWay, "config" | "plain">;
  /** What is tracked and edited: husky's folder, the others' configuration file. */
  readonly path: string;
  /** Whether the file is one that gmig can edit. */
  readonly editable: boolean;
}

const LEFTHOOK_FILES = ["lefthook", ".lefthook", ".config/lefthook"].flatMap((name) => ["yml", "yaml", "toml", "json", "jsonc"].map((extension) => `${name}.${extension}`));
const SIMPLE_FILES = [".simple-git-hooks", "simple-git-hooks"].flatMap((name) => ["cjs", "js", "mjs", "json"].map((extension) => `${name}.${extension}`));
const PRE_COMMIT_FILES = [".pre-commit-config.yaml", ".pre-commit-config.yml"];

function manifestOf(top: string): Readonly<Record<string, unknown>> {
  try {
    const parsed: unknown = JSON.parse(readFileSync(join(top, "package.json"), "utf8"));
    return typeof parsed === "object" && parsed !== null ? (parsed as Record<string, unknown>) : {};
  } catch {
    return {};
  }
}

function dependsOn(manifest: Readonly<Record<string, unknown>>, name: string): boolean {
  return ["dependencies", "devDependencies"].some((key) => {
    const list = manifest[key];
    return typeof list === "object" && list !== null && Object.hasOwn(list, name);
  });
}

function findFile(top: string, names: readonly string[]): string | null {
  const name = names.find((file) => existsSync(join(top, file)));
  return name === undefined ? null : join(top, name);
}

/** husky 9 has Git call the files of a folder `_`, which call those beside it. Older versions had Git call these themselves, as any hooks folder. */
function findHusky(top: string, hooksFolder: string, manifest: Readonly<Record<string, unknown>>): string | null {
  if (basename(hooksFolder) === "_" && existsSync(join(hooksFolder, "h"))) return dirname(hooksFolder);
  const folder = join(top, ".husky");
  return existsSync(folder) && hooksFolder !== folder && dependsOn(manifest, "husky") ? folder : null;
}

/** Returns the hook managers that a worktree is set up for, the one that Git asks first. */
export function findHookManagers(top: string, hooksFolder: string): readonly HookManager[] {
  const manifest = manifestOf(top);
  const husky = findHusky(top, hooksFolder, manifest);
  const lefthook = findFile(top, LEFTHOOK_FILES);
  const isSimple = dependsOn(manifest, "simple-git-hooks") || manifest["simple-git-hooks"] !== undefined;
  const simple = isSimple ? (findFile(top, SIMPLE_FILES) ?? join(top, "package.json")) : null;
  const preCommit = findFile(top, PRE_COMMIT_FILES);
  return [
    ...(husky === null ? [] : [{ way: "husky", path: husky, editable: true } as const]),
    ...(lefthook === null ? [] : [{ way: "lefthook", path: lefthook, editable: /\.ya?ml$/.test(lefthook) } as const]),
    ...(simple === null ? [] : [{ way: "simple-git-hooks", path: simple, editable: simple.endsWith(".json") } as const]),
    ...(preCommit === null ? [] : [{ way: "pre-commit", path: preCommit, editable: false } as const]),
  ];
}
