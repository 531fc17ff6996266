/** An object of the database: its kind and its bytes, without git's own header. */
export interface GitObject {
  readonly type: "commit" | "tree" | "blob" | "tag";
  readonly bytes: Buffer;
}

/** One line of a tree. */
export interface TreeEntry {
  /** Six octal digits but for folders, as git stores it: `100644`, `100755`, `120000` (a link), `160000` (a submodule), `40000` (a folder). */
  readonly mode: string;
  readonly name: string;
  readonly id: string;
}

export const FOLDER_MODE = "40000";

const SPACE = 0x20;

/** Reads a tree's bytes: `<mode> <name>\0<id>`, one after another. Ids have 20 bytes, or 32 in a SHA-256 repository. */
export function parseTree(bytes: Buffer, idLength: number): readonly TreeEntry[] {
  const entries: TreeEntry[] = [];
  for (let offset = 0; offset < bytes.length; ) {
    const blank = bytes.indexOf(SPACE, offset);
    const end = bytes.indexOf(0, blank);
    entries.push({
      mode: bytes.toString("latin1", offset, blank),
      name: bytes.toString("utf8", blank + 1, end),
      id: bytes.toString("hex", end + 1, end + 1 + idLength),
    });
    offset = end + 1 + idLength;
  }
  return entries;
}

/** The values of a header line in a commit or tag, in order: `tree`, `parent`, `object`. */
export function headerValues(bytes: Buffer, name: string): readonly string[] {
  const end = bytes.indexOf("\n\n");
  const lines = bytes.toString("utf8", 0, end < 0 ? bytes.length : end).split("\n");
  return lines.flatMap((line) => (line.startsWith(`${name} `) ? [line.slice(name.length + 1)] : []));
}
