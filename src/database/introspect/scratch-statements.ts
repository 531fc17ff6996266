import { quoteIdentifier } from "../../schema/identifier.js";
import { quoteLiteral } from "../../schema/literal.js";
import type { ObjectName } from "../../schema/object-name.js";
import { requalify } from "../../schema/requalify.js";
import type { CanonicalTable, ScratchColumn, ScratchRequest } from "../../schema/scratch-table.js";

export interface ScratchStatement {
  readonly sql: string;
  /** What it is of, and what it says, for the message when it fails. */
  readonly table: ObjectName | null;
  readonly what: string;
}

/** Which scratch schema stands for which. */
export interface Scratch {
  /** That of the schema whose objects stand bare. */
  readonly bare: string;
  readonly schemas: readonly string[];
  schemaOf(schema: string): string;
  /** The declared SQL, with the types that the scratch schemas have taken from there. */
  enter(sql: string): string;
  /** What was read back, with the real schemas' names again. */
  restore(table: CanonicalTable): CanonicalTable;
}

/** One scratch schema for each that the request speaks of, named from `prefix`. */
export function nameScratch(request: ScratchRequest, bareSchema: string, prefix: string): Scratch {
  const real = [...new Set([bareSchema, ...request.tables.map(({ schema }) => schema), ...request.enums.map(({ schema }) => schema)])];
  const schemaOf = (schema: string): string => `${prefix}_${real.indexOf(schema)}`;
  const enums = new Set(request.enums.map(({ schema, name }) => JSON.stringify([schema, name])));
  const backFrom = new Map(real.map((schema) => [schemaOf(schema), quoteIdentifier(schema)]));
  return {
    bare: schemaOf(bareSchema),
    schemas: real.map(schemaOf),
    schemaOf,
    enter: (sql) =>
      enums.size === 0 ? sql : requalify(sql, ({ schema, name }) => (enums.has(JSON.stringify([schema, name])) ? schemaOf(schema) : undefined)),
    restore: (table) => {
      const text = JSON.stringify(table);
      if (!text.includes(prefix)) return table;
      return JSON.parse(text, (_key, value: unknown) =>
        typeof value === "string" ? requalify(value, ({ schema }) => backFrom.get(schema)) : value,
      ) as CanonicalTable;
    },
  };
}

/** Types first, then each table, its columns at once or `apart`, then what refers to them. */
export function scratchStatements(request: ScratchRequest, scratch: Scratch, apart: boolean): readonly ScratchStatement[] {
  const nameOf = ({ schema, name }: ObjectName): string => `${scratch.schemaOf(schema)}.${quoteIdentifier(name)}`;
  return [
    ...request.enums.map((type) => ({
      sql: `create type ${nameOf(type)} as enum (${type.values.map(quoteLiteral).join(", ")})`,
      table: null,
      what: `enum ${type.name}`,
    })),
    ...request.tables.flatMap((table, place): readonly ScratchStatement[] => {
      const name = nameOf(table);
      const add = (what: string, sql: string): ScratchStatement => ({ sql: scratch.enter(sql), table, what });
      const stored = table.columns.filter(({ generated }) => generated === null);
      const generated = table.columns.filter((column) => column.generated !== null);
      const columns = [...stored, ...generated].map((column) => [column, `${quoteIdentifier(column.name)} ${columnSql(column)}`] as const);
      return [
        ...(apart
          ? [
              add("the table", `create table ${name} ()`),
              ...columns.map(([column, sql]) =>
                add(`column ${column.name} (${columnSql(column)})`, `alter table ${name} add column ${sql}`),
              ),
            ]
          : [add("the columns", `create table ${name} (${columns.map(([, sql]) => sql).join(", ")})`)]),
        ...table.checks.map((check) =>
          add(`check (${check.expression})`, `alter table ${name} add constraint ${quoteIdentifier(check.name)} check (${check.expression})`),
        ),
        ...table.exclusions.map((each) =>
          add(each.definition, `alter table ${name} add constraint ${quoteIdentifier(numbered(place, each.name))} ${each.definition}`),
        ),
        ...table.indexes.map((index) =>
          add(
            `index ${index.clause}`,
            `create ${index.unique ? "unique " : ""}index ${quoteIdentifier(numbered(place, index.name))} on ${name} ${index.clause}`,
          ),
        ),
      ];
    }),
  ];
}

/** The names of indexes are one table's own in a request, and the schema's in PostgreSQL. */
function numbered(place: number, name: string): string {
  return `${place} ${name}`;
}

/** The name as the request has it. */
export function withoutNumber(name: string): string {
  return name.replace(/^\d+ /, "");
}

function columnSql({ type, collation, default: value, generated }: ScratchColumn): string {
  return [
    type,
    collation === null ? "" : `collate ${collation}`,
    value === null ? "" : `default (${value})`, // Bare, PostgreSQL takes fewer expressions.
    generated === null ? "" : `generated always as (${generated.expression}) ${generated.kind}`,
  ]
    .filter((part) => part !== "")
    .join(" ");
}
