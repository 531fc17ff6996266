import type { DeclaredColumn, DeclaredSchema, DeclaredTable } from "../../schema/declared-schema.js";
import { displayName } from "../../schema/object-name.js";
import { findByName, type Schema } from "../../schema/schema.js";
import type { Table } from "../../schema/table.js";
import type { Suggestion } from "./findings.js";

/** What models mean by `number`. */
export interface WholeNumbers {
  /** The same declarations, with numbers that may be integers where that is meant. */
  readonly declared: DeclaredSchema;
  readonly suggestions: readonly Suggestion[];
}

/**
 * Tells what `number` means. Who comes from TypeScript may know no other word: where no model says `integer`, and one says `number` of a key that
 * is an integer column, it is the word for both, and an integer column contradicts it nowhere. Where models tell the two apart, it means a fraction.
 */
export function wholeNumbers(declared: DeclaredSchema, actual: Schema): WholeNumbers {
  const columns = declared.tables.flatMap((table) => table.columns.map((column) => ({ table, column })));
  const evidence = columns.some(({ column }) => saysWhole(column)) ? undefined : columns.find(({ table, column }) => isWholeKey(column, table, findByName(actual.tables, table)));
  if (evidence === undefined) return { declared, suggestions: [] };
  const { table, column } = evidence;
  return {
    declared: { ...declared, tables: declared.tables.map((each) => ({ ...each, columns: each.columns.map(withIntegers) })) },
    suggestions: [
      {
        kind: "number",
        table: { schema: table.schema, name: table.name },
        message: `the models say number of whole numbers, too, as ${column.source} is the key ${displayName(table)}.${column.name}: integer, or a type in tableSchema, would say which is meant`,
      },
    ],
  };
}

function saysWhole({ meaning }: DeclaredColumn): boolean {
  return meaning !== undefined && (meaning.kinds.includes("integer") || (meaning.kinds.includes("number") && Number.isInteger(meaning.multipleOf)));
}

const INTEGERS: readonly string[] = ["smallint", "integer", "bigint"];

function isWholeKey({ name, meaning }: DeclaredColumn, { relations }: DeclaredTable, there: Table | undefined): boolean {
  const column = there?.columns.find((each) => each.name === name);
  if (there === undefined || column === undefined || meaning?.kinds.includes("number") !== true || !INTEGERS.includes(column.type)) return false;
  return (
    column.identity !== null ||
    column.default?.startsWith("nextval(") === true ||
    there.primaryKey?.columns.includes(name) === true ||
    there.foreignKeys.some((key) => key.columns.includes(name)) ||
    relations.some((relation) => relation.columns.includes(name))
  );
}

function withIntegers(column: DeclaredColumn): DeclaredColumn {
  const { meaning } = column;
  return meaning?.kinds.includes("number") === true ? { ...column, meaning: { ...meaning, kinds: [...meaning.kinds, "integer"] } } : column;
}
