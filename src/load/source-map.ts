import { pathToFileURL } from "node:url";

const MARK = "//# sourceMappingURL=data:application/json;base64,";

/**
 * Compiled text with a line put in and the way back to its source at the end. The line goes first, though behind a hash-bang and "use strict",
 * which count only where they stand.
 */
export function finishText(text: string, line: string, mappings: string, source: string): string {
  const lines = text.split("\n");
  const at = /^(?:#!.*\n)?(?:"use strict";\n)?/.exec(text)![0].split("\n").length - 1;
  const marks = mappings.split(";");
  if (line !== "") {
    lines.splice(at, 0, line);
    marks.splice(at, 0, "");
  }
  const map = { version: 3, sources: [pathToFileURL(source).href], names: [], mappings: marks.join(";") };
  return `${lines.join("\n")}${MARK}${Buffer.from(JSON.stringify(map)).toString("base64")}\n`;
}

/** The source map that `finishText` left in a compiled text, as JSON. */
export function sourceMapOf(text: string): string | undefined {
  const at = text.lastIndexOf(MARK);
  return at === -1 ? undefined : Buffer.from(text.slice(at + MARK.length), "base64").toString("utf8");
}
