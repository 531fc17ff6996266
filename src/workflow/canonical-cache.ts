import { randomUUID } from "node:crypto";
import { readFileSync } from "node:fs";
import { join } from "node:path";
import type { CanonicalCache } from "../database/introspect/canonical-tables.js";
import { writeCache } from "../directory/cache-file.js";
import type { CanonicalTable } from "../schema/scratch-table.js";

/** Raised whenever the form of a canonical table changes. */
const FORMAT = 4;

/** A cache of what PostgreSQL makes of declared SQL, kept in a file. */
export interface StoredCanonicals extends CanonicalCache {
  /** Writes what was added and used; what was not asked for this time is dropped. */
  readonly save: () => void;
}

/** Opens the cache; a damaged file, or one of another format, is as good as empty. */
export function openCanonicalCache(cache: string): StoredCanonicals {
  const target = join(cache, "index", "canonical.json");
  let stored: Record<string, CanonicalTable> = {};
  try {
    const file = JSON.parse(readFileSync(target, "utf8")) as { format?: number; tables?: Record<string, CanonicalTable> };
    if (file.format === FORMAT && file.tables !== undefined) stored = file.tables;
  } catch {
    // It is made anew.
  }
  const used: Record<string, CanonicalTable> = {};
  let isChanged = false;
  return {
    get(key) {
      const found = stored[key];
      if (found !== undefined) used[key] = found;
      return found;
    },
    set(key, table) {
      used[key] = table;
      isChanged = true;
    },
    save() {
      if (!isChanged) return;
      writeCache(target, randomUUID(), () => JSON.stringify({ format: FORMAT, tables: used }));
    },
  };
}
