/** A configuration's values by key, the last one last; section and name in lower case, the subsection as it is written: `remote.Mine.url`. */
export type ConfigValues = ReadonlyMap<string, readonly string[]>;

const SECTION = /^\s*\[\s*([\w.-]+)\s*(?:"((?:[^"\\]|\\.)*)")?\s*\]/;
const VARIABLE = /^\s*([A-Za-z][\w-]*)\s*(?:=\s*(.*))?$/;

/** A line's end that counts for nothing: after a backslash that no other one escapes. */
const LINE_GOES_ON = /(?<!\\)((?:\\\\)*)\\\r?\n/g;

/** Unquotes a value, drops a comment and trailing blanks: git-config(1), Syntax. */
function valueOf(raw: string): string {
  let value = "";
  let kept = 0;
  let isQuoted = false;
  for (let index = 0; index < raw.length; index++) {
    const character = raw[index] ?? "";
    if (character === '"') {
      isQuoted = !isQuoted;
      kept = value.length;
    } else if (!isQuoted && (character === "#" || character === ";")) {
      break;
    } else if (character === "\\") {
      index++;
      const escaped = raw[index] ?? "";
      value += { n: "\n", t: "\t", b: "\b" }[escaped] ?? escaped;
      kept = value.length;
    } else {
      value += character;
      if (isQuoted || !/\s/.test(character)) kept = value.length;
    }
  }
  return value.slice(0, kept);
}

/**
 * Reads the text of one configuration file of git, without what it includes: the repository's format, its bareness and its worktree are read by git
 * itself without includes. A name without a value is true.
 */
export function parseConfig(text: string): ConfigValues {
  const values = new Map<string, string[]>();
  let section = "";
  for (const line of text.replace(LINE_GOES_ON, "$1").split(/\r?\n/)) {
    const header = SECTION.exec(line);
    const rest = header === null ? line : line.slice(header[0].length);
    if (header !== null) {
      const [, name = "", subsection] = header;
      section = subsection === undefined ? name.toLowerCase() : `${name.toLowerCase()}.${subsection.replace(/\\(.)/g, "$1")}`;
    }
    const variable = VARIABLE.exec(rest);
    if (variable === null) continue;
    const [, name = "", raw] = variable;
    const key = `${section}.${name.toLowerCase()}`;
    values.set(key, [...(values.get(key) ?? []), raw === undefined ? "true" : valueOf(raw)]);
  }
  return values;
}

/** The value that counts, or undefined. */
export function lastValue(values: ConfigValues, key: string): string | undefined {
  return values.get(key)?.at(-1);
}

/** Whether a value means true, as git reads it. */
export function isTrue(value: string | undefined): boolean {
  return value !== undefined && (/^(true|yes|on)$/i.test(value) || (/^-?\d+[kmg]?$/i.test(value) && !/^-?0+[kmg]?$/i.test(value)));
}
