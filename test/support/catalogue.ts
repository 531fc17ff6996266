import type { Queryable } from "../../src/database/queryable.js";
import { CATALOGUE_QUERIES } from "./catalogue-queries.js";

export interface DumpOptions {
  /** Lists columns by name, for two databases that differ in nothing but the columns' order. */
  readonly sortColumns?: boolean;
  /** Leaves out gmig's own tables and what stands on them: everything named `gmig_*`. */
  readonly withoutGmig?: boolean;
}

interface Row {
  readonly owner: string;
  readonly line: string;
  /** Of columns alone: sorts them as their table has them. */
  readonly place?: string;
}

/**
 * Everything in the user's schemas, a line for each object, in an order that does not depend on when each was made:
 * two databases have the same schema exactly when their dumps are equal. No data, no sequences' values, no owners.
 * The queryable must be one connection, because the search path is emptied meanwhile, so that all names are qualified.
 */
export async function dumpCatalogue(queryable: Queryable, options: DumpOptions = {}): Promise<string> {
  const [before] = await queryable.query<{ path: string }>("select current_setting('search_path') as path");
  await queryable.query("select set_config('search_path', '', false)");
  try {
    const dump: string[] = [];
    for (const sql of CATALOGUE_QUERIES) dump.push(...lines(await queryable.query<Row>(sql), options));
    return dump.join("\n");
  } finally {
    await queryable.query("select set_config('search_path', $1, false)", [before?.path]);
  }
}

function lines(rows: readonly Row[], { sortColumns = false, withoutGmig = false }: DumpOptions): readonly string[] {
  return rows
    .filter(({ owner }) => !withoutGmig || !owner.startsWith("gmig_"))
    .map(({ place, line }) => ({ line, key: sortColumns ? line : (place ?? line) }))
    .sort((a, b) => (a.key < b.key ? -1 : 1))
    .map(({ line }) => line);
}
