import { columnsInName } from "../../schema/default-name.js";
import { quoteIdentifier, quoteIdentifiers } from "../../schema/identifier.js";
import type { IndexDefinition, IndexKey } from "../../schema/index-definition.js";
import type { IndexColumnSchema, IndexExpressionSchema, IndexSchema } from "../../schema/table-schema.js";

/** Whether the index is of plain columns, so that its canonical form follows from its names. */
export function isPlain(index: IndexSchema): boolean {
  const hasText = (key: string | IndexColumnSchema): boolean =>
    typeof key !== "string" && (key.collation !== undefined || key.operatorClass !== undefined);
  return index.where === undefined && (index.expressions ?? []).length === 0 && !(index.columns ?? []).some(hasText);
}

/** What follows `on table`, as people wrote it. */
export function indexClause(index: IndexSchema): string {
  const columns = (index.columns ?? []).map((key) => keySql(typeof key === "string" ? { column: key } : key));
  const expressions = (index.expressions ?? []).map((key) => keySql(typeof key === "string" ? { expression: key } : key));
  return [
    index.method === undefined ? "" : `using ${index.method}`,
    `(${[...columns, ...expressions].join(", ")})`,
    index.include === undefined ? "" : `include (${quoteIdentifiers(index.include)})`,
    index.nullsNotDistinct === true ? "nulls not distinct" : "",
    index.where === undefined ? "" : `where ${index.where}`,
  ]
    .filter((part) => part !== "")
    .join(" ");
}

function keySql(key: IndexColumnSchema | IndexExpressionSchema): string {
  return [
    "column" in key ? quoteIdentifier(key.column) : `(${key.expression})`,
    key.collation === undefined ? "" : `collate ${key.collation.includes('"') ? key.collation : quoteIdentifier(key.collation)}`,
    key.operatorClass ?? "",
    key.order ?? "",
    key.nulls === undefined ? "" : `nulls ${key.nulls}`,
  ]
    .filter((part) => part !== "")
    .join(" ");
}

/** Plain columns and expressions as they stand in an index's name: an outermost function's name, else `expr`. */
export function keysInName(index: IndexSchema): string {
  const columns = (index.columns ?? []).map((key) => (typeof key === "string" ? key : key.column));
  const expressions = (index.expressions ?? []).map((key) => {
    const text = typeof key === "string" ? key : key.expression;
    return /^\s*\(*\s*([a-z_][a-z0-9_]*)\s*\(/i.exec(text)?.[1]?.toLowerCase() ?? "expr";
  });
  return columnsInName([...columns, ...expressions, ...(index.include ?? [])]);
}

/** The index as PostgreSQL would print it, where it is of plain columns. */
export function plainIndex(index: IndexSchema, name: string): IndexDefinition {
  const keys = (index.columns ?? []).map((key): IndexKey => {
    const { column, order, nulls } = typeof key === "string" ? { column: key } as IndexColumnSchema : key;
    const descending = order === "desc";
    return {
      column,
      expression: quoteIdentifier(column),
      collation: null,
      operatorClass: null,
      descending,
      nullsFirst: nulls === undefined ? descending : nulls === "first",
    };
  });
  return {
    name,
    method: index.method ?? "btree",
    unique: index.unique ?? false,
    nullsNotDistinct: index.nullsNotDistinct ?? false,
    keys,
    include: index.include ?? [],
    predicate: null,
    uses: [...new Set([...keys.flatMap(({ column }) => column ?? []), ...(index.include ?? [])])].sort(),
    options: [],
    tablespace: null,
    comment: null,
    valid: true,
    clustered: false,
  };
}
