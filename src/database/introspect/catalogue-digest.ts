import type { Queryable } from "../queryable.js";
import { ATTACHMENTS_SQL } from "./read-attachments.js";
import { COLUMNS_SQL } from "./read-columns.js";
import { constraintsSql } from "./read-constraints.js";
import { indexesSql } from "./read-indexes.js";
import { NAMESPACES_SQL } from "./read-namespaces.js";
import { OTHERS_SQL } from "./read-others.js";
import { RELATIONS_SQL } from "./read-relations.js";
import { ROUTINES_SQL } from "./read-routines.js";
import { TYPES_SQL } from "./read-types.js";

/** All that `readSchema` asks, in one query. */
function digestSql(version: number): string {
  const queries = [NAMESPACES_SQL, RELATIONS_SQL, COLUMNS_SQL, constraintsSql(version), indexesSql(version), ATTACHMENTS_SQL, TYPES_SQL, ROUTINES_SQL, OTHERS_SQL];
  const texts = queries.map((query) => `(select string_agg(read::text, ',') from (${query}) read)`);
  // In the database's own encoding: to convert the text could fail, and says nothing more.
  return `select encode(sha256(convert_to(row(${version}, ${texts.join(",\n")})::text, getdatabaseencoding())), 'hex') as digest`;
}

/**
 * Returns a text that is another one wherever `readSchema` would read something else of these schemas. The server makes it of the very rows, so that
 * they need be neither sent nor read here. It differs, too, where nothing but the catalogue's own numbers do. The session must have the reading settings.
 */
export async function catalogueDigest(session: Queryable, schemas: readonly string[], serverVersion: number): Promise<string> {
  const [row] = await session.query<{ digest: string }>(digestSql(serverVersion), [schemas]);
  return row?.digest ?? "";
}
