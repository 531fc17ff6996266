import { withoutParentheses } from "../schema/expression.js";
import { quoteIdentifier, quoteIdentifiers } from "../schema/identifier.js";
import type { IndexDefinition, IndexKey } from "../schema/index-definition.js";
import type { ObjectName } from "../schema/object-name.js";
import type { Naming } from "./naming.js";

/** What follows the index's name: table, method, keys and the rest. */
export function indexClause(table: ObjectName, index: IndexDefinition, naming: Naming): string {
  return joinClauses(
    `on ${naming(table)}`,
    index.method === "btree" ? "" : `using ${index.method}`,
    `(${index.keys.map(keyClause).join(", ")})`,
    includeClause(index.include),
    index.nullsNotDistinct ? "nulls not distinct" : "",
    optionsClause(index.options),
    index.tablespace === null ? "" : `tablespace ${quoteIdentifier(index.tablespace)}`,
    index.predicate === null ? "" : `where ${withoutParentheses(index.predicate)}`,
  );
}

/** The key with what is not usual about it. */
export function keyClause(key: IndexKey): string {
  return joinClauses(
    key.expression,
    key.collation === null ? "" : `collate ${key.collation}`,
    key.operatorClass ?? "",
    key.descending ? "desc" : "",
    key.nullsFirst === key.descending ? "" : key.nullsFirst ? "nulls first" : "nulls last",
  );
}

/** ` with (fillfactor='70')`, from options as the catalogue has them; empty without any. */
export function optionsClause(options: readonly string[]): string {
  return options.length === 0 ? "" : `with (${options.map(optionInSql).join(", ")})`;
}

/** `fillfactor=70` → `fillfactor='70'`: a value may be anything. */
export function optionInSql(option: string): string {
  const [name = "", ...value] = option.split("=");
  return /^[\w.]+$/.test(value.join("=")) ? option : `${name}='${value.join("=").replaceAll("'", "''")}'`;
}

/** `include (a, b)`, or empty. */
export function includeClause(columns: readonly string[]): string {
  return columns.length === 0 ? "" : `include (${quoteIdentifiers(columns)})`;
}

/** The parts that are not empty, separated by spaces. */
export function joinClauses(...parts: readonly string[]): string {
  return parts.filter((part) => part !== "").join(" ");
}
