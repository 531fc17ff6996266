import { randomUUID } from "node:crypto";
import { mkdirSync, readFileSync, renameSync, rmSync, writeFileSync } from "node:fs";
import { dirname, join } from "node:path";
import type { Header } from "../revision/header.js";
import type { Problem } from "../revision/problem.js";
import { readHeader } from "../revision/read-header.js";

/** What a committed file turns out to be: a revision's header, what is wrong with it, or no revision (null). */
export type CommittedHeader = { readonly header: Header } | { readonly problems: readonly Problem[] } | null;

/** A file in a commit: its name, which says how to read it, and its blob. */
export interface CommittedFile {
  readonly name: string;
  readonly id: string;
}

/** Raised whenever what is read from a file changes. */
const FORMAT = 1;

interface Stored {
  readonly format: number;
  readonly headers: Readonly<Record<string, CommittedHeader>>;
}

function cacheFile(cache: string): string {
  return join(cache, "index", "blobs.json");
}

function readStored(cache: string): Readonly<Record<string, CommittedHeader>> {
  try {
    const stored = JSON.parse(readFileSync(cacheFile(cache), "utf8")) as Partial<Stored>;
    return stored.format === FORMAT && typeof stored.headers === "object" ? stored.headers : {};
  } catch {
    return {};
  }
}

function writeStored(cache: string, headers: Readonly<Record<string, CommittedHeader>>): void {
  const target = cacheFile(cache);
  const temporary = `${target}.${randomUUID()}`;
  try {
    mkdirSync(dirname(target), { recursive: true });
    writeFileSync(temporary, JSON.stringify({ format: FORMAT, headers } satisfies Stored));
    renameSync(temporary, target);
  } catch {
    rmSync(temporary, { force: true });
  }
}

/** The extension is part of the key: the same text is read otherwise as SQL. */
function keyOf({ name, id }: CommittedFile): string {
  return `${id}${name.slice(name.lastIndexOf("."))}`;
}

/**
 * Returns the headers of committed files, by blob and extension. A blob never changes its meaning, so that what was read once is known for ever; the
 * rest is fetched by `readTexts`. Files whose blob cannot be read are missing.
 */
export async function readBlobHeaders(
  files: readonly CommittedFile[],
  cache: string,
  readTexts: (ids: readonly string[]) => Promise<ReadonlyMap<string, string>>,
): Promise<(file: CommittedFile) => CommittedHeader | undefined> {
  const known: Record<string, CommittedHeader> = { ...readStored(cache) };
  const missing = files.filter((file) => known[keyOf(file)] === undefined);
  if (missing.length > 0) {
    const texts = await readTexts(missing.map(({ id }) => id));
    for (const file of missing) {
      const text = texts.get(file.id);
      if (text === undefined) continue;
      const result = readHeader(text, file.name);
      known[keyOf(file)] = result === null ? null : "problems" in result ? { problems: result.problems } : { header: result.reading.header };
    }
    writeStored(cache, known);
  }
  return (file) => known[keyOf(file)];
}
