import { GmigError } from "../../errors.js";
import type { DeclaredSchema, DeclaredTable } from "../../schema/declared-schema.js";
import { displayName } from "../../schema/object-name.js";

/** What PostgreSQL keeps of a name, in bytes of UTF-8. */
const LONGEST = 63;

/** Refuses names that PostgreSQL would cut, all in one MODEL_INVALID: under the name that is left, nothing would be found again. */
export function checkNames({ tables, enums }: DeclaredSchema): void {
  const long = [
    ...tables.filter(({ managed }) => managed).flatMap((table) => namesOf(table).filter(isLong).map((name) => ({ name, where: displayName(table) }))),
    ...enums.flatMap((type) => [type.schema, type.name].map((name) => ({ name, where: type.source }))),
  ].filter(({ name }) => isLong(name));
  if (long.length === 0) return;
  const words = long.map(({ name, where }) => `${name}${where === name ? "" : ` (${where})`}`);
  throw new GmigError("MODEL_INVALID", `PostgreSQL keeps ${LONGEST} bytes of a name; these are longer: ${[...new Set(words)].join(", ")}`, {
    data: { names: long.map(({ name }) => name) },
  });
}

function isLong(name: string): boolean {
  // What JavaScript counts as one is three bytes at most.
  return name.length * 3 > LONGEST && Buffer.byteLength(name) > LONGEST;
}

function namesOf(table: DeclaredTable): readonly string[] {
  const { uniques = [], indexes = [], foreignKeys = [], checks = [], exclusions = [], primaryKey } = table;
  const parts = [...uniques, ...indexes, ...foreignKeys, ...checks, ...exclusions, ...(primaryKey == null ? [] : [primaryKey])];
  return [table.schema, table.name, ...table.columns.map(({ name }) => name), ...parts.flatMap(({ name }) => name ?? [])];
}
