import { GmigError } from "../../errors.js";
import type { DeclaredTable } from "../../schema/declared-schema.js";
import { displayName } from "../../schema/object-name.js";
import type { DraftTable } from "./draft-table.js";

/** Refuses keys, foreign keys and plain indexes of columns that their tables will not have, all in one MODEL_INVALID: their revision would only fail. */
export function checkColumns(drafts: readonly DraftTable[]): void {
  const problems = drafts.flatMap(({ declared, columns }) => {
    const names = new Set(columns.map(({ sql }) => sql.name));
    return partsOf(declared).flatMap(({ part, columns: wanted }) =>
      wanted.filter((name) => !names.has(name)).map((name) => ({ table: displayName(declared), column: name, message: `${declared.sources.join(", ")} declares ${part} of ${name}, a column that ${displayName(declared)} lacks${meant(declared, name)}` })),
    );
  });
  if (problems.length === 0) return;
  throw new GmigError("MODEL_INVALID", [...new Set(problems.map(({ message }) => message))].join("; "), { data: { columns: problems.map(({ table, column }) => `${table}.${column}`) } });
}

interface Part {
  readonly part: string;
  readonly columns: readonly string[];
}

function partsOf({ primaryKey, uniques = [], indexes = [], foreignKeys = [] }: DeclaredTable): readonly Part[] {
  return [
    ...(primaryKey == null ? [] : [{ part: "a primary key", columns: [...primaryKey.columns, ...primaryKey.include] }]),
    ...uniques.map(({ columns, include }) => ({ part: "a unique constraint", columns: [...columns, ...include] })),
    ...indexes.map(({ columns = [], include = [] }) => ({ part: "an index", columns: [...columns.map((column) => (typeof column === "string" ? column : column.column)), ...include] })),
    ...foreignKeys.map(({ columns, onDeleteColumns }) => ({ part: "a foreign key", columns: [...columns, ...onDeleteColumns] })),
  ];
}

/** Where the name is a property's, its column. */
function meant({ columns }: DeclaredTable, name: string): string {
  const column = columns.find(({ source }) => source.endsWith(`.${name}`));
  return column === undefined ? "" : `: ${column.source} is ${column.name} there`;
}
