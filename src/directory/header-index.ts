import { createHash } from "node:crypto";
import { mkdirSync, readFileSync, renameSync, rmSync, statSync, writeFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { HEADER_DEFAULTS, type Header, type HeaderStyle } from "../revision/header.js";
import type { ListedFile } from "./list-files.js";

/** What the index knows of a file: its header, or that it is no revision. Files with problems are not kept, so that they are read again. */
export type IndexedFile = { readonly header: Header; readonly style: HeaderStyle; readonly blob: string } | "neighbour";

/** The headers of one revisions folder as they were read last. */
export interface HeaderIndex {
  /** Returns what is known of the file if it has not changed since, else null. */
  readonly find: (file: ListedFile) => IndexedFile | null;
}

/** Raised whenever the stored form or what is read from a file changes. */
const FORMAT = 1;

/** A file as young as the index may have been written twice within the clock's tick: Git's rule for racy entries. */
const RACY_MILLISECONDS = 10;

const STYLES: readonly HeaderStyle[] = ["esm", "commonjs", "sql"];
const NEIGHBOUR = -1;

/** The index as it is stored: one array a column, since 10,000 small objects take ten times as long to parse. */
interface Columns {
  readonly format: number;
  readonly folder: string;
  readonly written: number;
  readonly name: readonly string[];
  readonly size: readonly number[];
  readonly modified: readonly number[];
  readonly changed: readonly number[];
  /** Index into STYLES, or NEIGHBOUR. */
  readonly style: readonly number[];
  readonly revision: readonly string[];
  /** Joined by blanks, which no id holds. */
  readonly parents: readonly string[];
  readonly created: readonly string[];
  readonly message: readonly string[];
  readonly blob: readonly string[];
  /** By row, what few revisions have. */
  readonly rare: Readonly<Record<string, { readonly dependsOn?: readonly string[]; readonly labels?: readonly string[]; readonly transaction?: false; readonly parents?: readonly string[] }>>;
}

const EMPTY: HeaderIndex = { find: () => null };

function indexFile(cache: string, folder: string): string {
  return join(cache, "index", `${createHash("sha256").update(folder).digest("hex").slice(0, 16)}.json`);
}

function headerAt(columns: Columns, row: number): Header {
  const parents = columns.parents[row] ?? "";
  const rare = columns.rare[row];
  return {
    revision: columns.revision[row] ?? "",
    parents: rare?.parents ?? (parents === "" ? [] : parents.split(" ")),
    dependsOn: rare?.dependsOn ?? HEADER_DEFAULTS.dependsOn,
    labels: rare?.labels ?? HEADER_DEFAULTS.labels,
    created: columns.created[row] ?? "",
    message: columns.message[row] ?? "",
    transaction: rare?.transaction ?? true,
  };
}

function isColumns(value: unknown, folder: string): value is Columns {
  const columns = value as Partial<Columns> | null;
  return typeof columns === "object" && columns !== null && columns.format === FORMAT && columns.folder === folder && Array.isArray(columns.name) && columns.revision?.length === columns.name.length;
}

/** Reads the index of a folder. One that is missing, damaged, or of another format is as good as empty. */
export function readHeaderIndex(cache: string, folder: string): HeaderIndex {
  let columns: unknown;
  try {
    columns = JSON.parse(readFileSync(indexFile(cache, folder), "utf8"));
  } catch {
    return EMPTY;
  }
  if (!isColumns(columns, folder)) return EMPTY;
  const { name, size, modified, changed, style, written } = columns;
  let rows: Map<string, number> | null = null;
  // Both lists are sorted by name: where nothing came or went, the n-th file is in the n-th row.
  let next = 0;
  return {
    find(file) {
      if (name[next] !== file.name) {
        rows ??= new Map(name.map((value, row) => [value, row]));
        next = rows.get(file.name) ?? -1;
      }
      const row = next;
      next++;
      if (row < 0 || size[row] !== file.size || modified[row] !== file.modified || changed[row] !== file.changed) return null;
      if (Math.max(file.modified, file.changed) >= written - RACY_MILLISECONDS) return null;
      const kind = style[row] ?? NEIGHBOUR;
      return kind === NEIGHBOUR ? "neighbour" : { header: headerAt(columns, row), style: STYLES[kind] ?? "esm", blob: columns.blob[row] ?? "" };
    },
  };
}

function toColumns(folder: string, files: readonly (readonly [ListedFile, IndexedFile])[], now: number): Columns {
  const headers = files.map(([, indexed]) => (indexed === "neighbour" ? null : indexed.header));
  const rare: Record<string, object> = {};
  for (const [row, header] of headers.entries()) {
    if (header === null) continue;
    const { dependsOn, labels, transaction, parents } = header;
    const hasOddParents = parents.some((parent) => parent === "" || parent.includes(" "));
    if (dependsOn.length === 0 && labels.length === 0 && transaction && !hasOddParents) continue;
    rare[row] = {
      ...(dependsOn.length > 0 ? { dependsOn } : {}),
      ...(labels.length > 0 ? { labels } : {}),
      ...(transaction ? {} : { transaction }),
      ...(hasOddParents ? { parents } : {}),
    };
  }
  return {
    format: FORMAT,
    folder,
    written: now,
    name: files.map(([file]) => file.name),
    size: files.map(([file]) => file.size),
    modified: files.map(([file]) => file.modified),
    changed: files.map(([file]) => file.changed),
    style: files.map(([, indexed]) => (indexed === "neighbour" ? NEIGHBOUR : STYLES.indexOf(indexed.style))),
    revision: headers.map((header) => header?.revision ?? ""),
    parents: headers.map((header) => header?.parents.join(" ") ?? ""),
    created: headers.map((header) => header?.created ?? ""),
    message: headers.map((header) => header?.message ?? ""),
    blob: files.map(([, indexed]) => (indexed === "neighbour" ? "" : indexed.blob)),
    rare,
  };
}

/**
 * Stores the index of a folder through a temporary name, so that two processes may do it at once.
 * A cache that can't be written is done without.
 */
export function writeHeaderIndex(cache: string, folder: string, files: readonly (readonly [ListedFile, IndexedFile])[], unique: string): void {
  const target = indexFile(cache, folder);
  const temporary = `${target}.${unique}`;
  try {
    mkdirSync(dirname(target), { recursive: true });
    writeFileSync(temporary, "");
    const now = statSync(temporary).mtimeMs;
    writeFileSync(temporary, JSON.stringify(toColumns(folder, files, now)));
    renameSync(temporary, target);
  } catch {
    rmSync(temporary, { force: true });
  }
}
