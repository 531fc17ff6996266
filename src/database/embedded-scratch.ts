import { randomUUID } from "node:crypto";
import { existsSync, mkdirSync, readFileSync, renameSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import type { Database } from "./database.js";
import { type EmbeddedDatabase, openEmbedded } from "./embedded-database.js";
import type { Frozen, Scratch } from "./scratch.js";
import type { ImportPackage } from "./user-package.js";

export interface EmbeddedScratchOptions {
  readonly importPackage: ImportPackage;
  /** PGlite's version, which prepared data belongs to. */
  readonly version: string;
  readonly cache: string;
  readonly extensions: readonly string[];
}

const BLOCK = 512;

/** Whether a tar file's entries follow each other up to the empty block that ends them: half a file is no error before it is opened. */
function isWholeTar(tar: Buffer): boolean {
  let start = 0;
  // An entry is a block that holds its size in octal digits from byte 124 on, and as many blocks as that takes: ustar.
  for (; start + BLOCK <= tar.length && tar[start] !== 0; ) {
    const size = Number.parseInt(tar.toString("latin1", start + 124, start + 136), 8);
    start += BLOCK * (1 + Math.ceil(size / BLOCK));
  }
  return start > 0 && start + BLOCK <= tar.length;
}

/** An empty database's data, kept in the cache: starting from it takes a third of the time of making it. */
async function preparedData(options: EmbeddedScratchOptions): Promise<Blob> {
  const path = join(options.cache, `pglite-${options.version}.tar`);
  const kept = existsSync(path) ? readFileSync(path) : null;
  if (kept !== null && isWholeTar(kept)) return new Blob([kept]);
  const empty = await openEmbedded({ data: null }, {}, { importPackage: options.importPackage, lockWait: 0, extensions: [] });
  const data = await empty.dump();
  await empty.close();
  try {
    mkdirSync(options.cache, { recursive: true });
    const temporary = `${path}.${randomUUID()}`;
    writeFileSync(temporary, Buffer.from(await data.arrayBuffer()));
    renameSync(temporary, path);
  } catch {
    // A cache that can't be written is done without.
  }
  return data;
}

/**
 * Makes scratch databases in memory, one after the other: each open one takes several hundred megabytes, so a state at rest is kept as data.
 *
 * @throws GmigError PGLITE_MISSING.
 */
export async function embeddedScratch(options: EmbeddedScratchOptions): Promise<Scratch> {
  const open = new Set<EmbeddedDatabase>();
  const states = new Map<string, Blob>();
  const start = async (data: Blob): Promise<Database> => {
    const database = await openEmbedded({ data }, {}, { importPackage: options.importPackage, lockWait: 0, extensions: options.extensions });
    open.add(database);
    return database;
  };
  const prepared = await preparedData(options);
  return {
    place: "the embedded PostgreSQL",
    create: async () => start(prepared),
    async freeze(database) {
      const frozen: Frozen = { name: randomUUID() };
      for (const candidate of open) if (candidate === database) states.set(frozen.name, await candidate.dump());
      await database.close();
      return frozen;
    },
    thaw: async ({ name }) => start(states.get(name) ?? prepared),
    async close() {
      await Promise.allSettled([...open].map(async (database) => database.close()));
    },
  };
}
