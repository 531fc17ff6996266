import { readFileSync } from "node:fs";
import { join } from "node:path";
import { fingerprint } from "../load/fingerprint.js";
import type { HeaderStyle } from "../revision/header.js";
import type { ListedFile } from "./list-files.js";
import { isSettled, writeCache } from "./cache-file.js";
import type { RevisionFile } from "./revision-file.js";

/** What the index knows of a file: the revision in it, or that it holds none. Files with problems are not kept, so that they are read again. */
export type IndexedFile = RevisionFile | "neighbour";

/** The headers of one revisions folder as they were read last. */
export interface HeaderIndex {
  /** Returns what is known of the file if it has not changed since, else null. */
  readonly find: (file: ListedFile) => IndexedFile | null;
}

/** Raised whenever the stored form or what is read from a file changes. */
const FORMAT = 2;

const STYLES: readonly HeaderStyle[] = ["esm", "commonjs", "sql"];
const NEIGHBOUR = -1;
const NONE: readonly string[] = Object.freeze([]);

/** The texts that are stored, each kind as one string with a line for each file: 10,000 small strings cost ten times one large one. */
const TEXTS = ["name", "revision", "parents", "created", "message", "blob"] as const;
type Text = (typeof TEXTS)[number];

/** What few revisions have. */
interface Rare {
  readonly dependsOn?: readonly string[];
  readonly labels?: readonly string[];
  readonly transaction?: false;
  /** A message or parents that a line can't hold. */
  readonly message?: string;
  readonly parents?: readonly string[];
}

interface Columns extends Readonly<Record<Text, string>> {
  readonly format: number;
  readonly folder: string;
  readonly written: number;
  readonly size: readonly number[];
  readonly modified: readonly number[];
  readonly changed: readonly number[];
  /** Index into STYLES, or NEIGHBOUR. */
  readonly style: readonly number[];
  /** By row. */
  readonly rare: Readonly<Record<string, Rare>>;
}

const EMPTY: HeaderIndex = { find: () => null };

function indexFile(cache: string, folder: string): string {
  return join(cache, "index", `${fingerprint(folder)}.json`);
}

function isColumns(value: unknown, folder: string): value is Columns {
  const columns = value as Partial<Columns> | null;
  if (columns?.format !== FORMAT || columns.folder !== folder || typeof columns.written !== "number") return false;
  const lists: readonly unknown[] = [columns.size, columns.modified, columns.changed, columns.style];
  return lists.every(Array.isArray) && typeof columns.rare === "object" && columns.rare !== null && TEXTS.every((text) => typeof columns[text] === "string");
}

/** The lines of a column, taken apart when first asked for. */
function lazyLines(columns: Columns): (text: Text, row: number) => string {
  const lines = new Map<Text, readonly string[]>();
  return (text, row) => {
    let list = lines.get(text);
    if (list === undefined) {
      list = columns[text].split("\n");
      lines.set(text, list);
    }
    return list[row] ?? "";
  };
}

/** A revision whose header stays in the index until it is asked for. */
class StoredRevision implements RevisionFile {
  readonly #columns: Columns;
  readonly #line: (text: Text, row: number) => string;
  readonly #row: number;
  readonly folder: string;
  readonly #prefix: string;
  readonly name: string;
  readonly revision: string;
  readonly parents: readonly string[];

  constructor(columns: Columns, line: (text: Text, row: number) => string, row: number, place: { readonly folder: string; readonly prefix: string }, name: string) {
    this.#columns = columns;
    this.#line = line;
    this.#row = row;
    this.folder = place.folder;
    this.#prefix = place.prefix;
    this.name = name;
    this.revision = line("revision", row);
    const parents = line("parents", row);
    this.parents = parents === "" ? (columns.rare[row]?.parents ?? NONE) : parents.includes(" ") ? parents.split(" ") : [parents];
  }

  get dependsOn(): readonly string[] {
    return this.#columns.rare[this.#row]?.dependsOn ?? NONE;
  }

  get labels(): readonly string[] {
    return this.#columns.rare[this.#row]?.labels ?? NONE;
  }

  get transaction(): boolean {
    return this.#columns.rare[this.#row]?.transaction ?? true;
  }

  get created(): string {
    return this.#line("created", this.#row);
  }

  get message(): string {
    return this.#columns.rare[this.#row]?.message ?? this.#line("message", this.#row);
  }

  get blob(): string {
    return this.#line("blob", this.#row);
  }

  get style(): HeaderStyle {
    return STYLES[this.#columns.style[this.#row] ?? 0] ?? "esm";
  }

  get file(): string {
    return `${this.#prefix}${this.name}`;
  }
}

/** Reads the index of a folder, whose files `prefix` names. One that is missing, damaged, or of another format is as good as empty. */
export function readHeaderIndex(cache: string, folder: string, prefix: string): HeaderIndex {
  let columns: unknown;
  try {
    columns = JSON.parse(readFileSync(indexFile(cache, folder), "utf8"));
  } catch {
    return EMPTY;
  }
  if (!isColumns(columns, folder)) return EMPTY;
  const known = columns;
  const { size, modified, changed, style } = known;
  const line = lazyLines(known);
  const place = { folder, prefix };
  let rows: Map<string, number> | null = null;
  // Both lists are sorted by name: where nothing came or went, the n-th file is in the n-th row.
  let next = 0;
  return {
    find(file) {
      if (line("name", next) !== file.name) {
        rows ??= new Map(known.name.split("\n").map((name, row) => [name, row]));
        next = rows.get(file.name) ?? -1;
      }
      const row = next;
      next++;
      if (row < 0 || size[row] !== file.size || modified[row] !== file.modified || changed[row] !== file.changed) return null;
      if (!isSettled(file, known.written)) return null;
      return style[row] === NEIGHBOUR ? "neighbour" : new StoredRevision(known, line, row, place, file.name);
    },
  };
}

const LINE_BREAK = /[\n\r]/;

function rareOf({ dependsOn, labels, transaction, parents, message }: RevisionFile): Rare {
  return {
    ...(dependsOn.length > 0 ? { dependsOn } : {}),
    ...(labels.length > 0 ? { labels } : {}),
    ...(transaction ? {} : { transaction: false as const }),
    ...(LINE_BREAK.test(message) ? { message } : {}),
    ...(parents.some((parent) => parent === "" || /\s/.test(parent)) ? { parents } : {}),
  };
}

function textOf(text: Text, revision: RevisionFile, rare: Rare): string {
  if (text === "parents") return rare.parents === undefined ? revision.parents.join(" ") : "";
  if (text === "message") return rare.message === undefined ? revision.message : "";
  // An id with a line break in it is malformed in any case; it must only not disturb the others.
  return revision[text].replace(/[\n\r]/g, " ");
}

function toColumns(folder: string, files: readonly (readonly [ListedFile, IndexedFile])[], written: number): Columns {
  const rares = files.map(([, indexed]) => (indexed === "neighbour" ? {} : rareOf(indexed)));
  const column = (text: Text): string => files.map(([file, indexed], row) => (text === "name" ? file.name : indexed === "neighbour" ? "" : textOf(text, indexed, rares[row] ?? {}))).join("\n");
  return {
    format: FORMAT,
    folder,
    written,
    size: files.map(([file]) => file.size),
    modified: files.map(([file]) => file.modified),
    changed: files.map(([file]) => file.changed),
    style: files.map(([, indexed]) => (indexed === "neighbour" ? NEIGHBOUR : STYLES.indexOf(indexed.style))),
    rare: Object.fromEntries([...rares.entries()].filter(([, rare]) => Object.keys(rare).length > 0)),
    ...(Object.fromEntries(TEXTS.map((text) => [text, column(text)])) as Record<Text, string>),
  };
}

/** Stores the index of a folder, where the cache can be written. */
export function writeHeaderIndex(cache: string, folder: string, files: readonly (readonly [ListedFile, IndexedFile])[], unique: string): void {
  writeCache(indexFile(cache, folder), unique, (written) => JSON.stringify(toColumns(folder, files, written)));
}
