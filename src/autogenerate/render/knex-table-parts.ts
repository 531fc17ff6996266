import type { ForeignKey, KeyConstraint } from "../../schema/constraint.js";
import { checkText } from "../../schema/check-text.js";
import { withoutParentheses } from "../../schema/expression.js";
import { quoteIdentifier } from "../../schema/identifier.js";
import type { IndexDefinition } from "../../schema/index-definition.js";
import type { TableConstraint } from "../../schema/table-constraint.js";
import { jsList, jsText } from "./js-text.js";
import { tableReference, type IsSafeName } from "./knex-names.js";

/** `table.unique(["email"], { indexName: "users_email_key" })`; `undefined` where the builder has no word for it. */
export function knexConstraint(constraint: TableConstraint, bareSchema: string, isSafe: IsSafeName): string | undefined {
  if (constraint.comment !== null || !isSafe(constraint.name)) return undefined;
  switch (constraint.type) {
    case "primary key":
      return isUsualKey(constraint, isSafe)
        ? `table.primary(${jsList(constraint.columns)}, { constraintName: ${jsText(constraint.name)}${deferrable(constraint)} })`
        : undefined;
    case "unique":
      return isUsualKey(constraint, isSafe)
        ? `table.unique(${jsList(constraint.columns)}, { indexName: ${jsText(constraint.name)}${deferrable(constraint)} })`
        : undefined;
    case "foreign key":
      return knexForeignKey(constraint, bareSchema, isSafe);
    case "check": {
      const expression = withoutParentheses(checkText(constraint));
      const isUsual = constraint.validated && constraint.enforced && !constraint.noInherit && !/[?\\]/.test(expression);
      return isUsual ? `table.check(${jsText(expression)}, {}, ${jsText(quoteIdentifier(constraint.name))})` : undefined;
    }
    case "exclusion":
      return undefined;
  }
}

/** `table.dropUnique(["email"], "users_email_key")`; `undefined` where the builder has no word for it. */
export function knexDropConstraint(constraint: TableConstraint, isSafe: IsSafeName): string | undefined {
  const { type, name } = constraint;
  if (!isSafe(name)) return undefined;
  switch (type) {
    case "primary key":
      return `table.dropPrimary(${jsText(name)})`;
    case "unique":
      return `table.dropUnique(${jsList(constraint.columns)}, ${jsText(name)})`;
    case "foreign key":
      return `table.dropForeign(${jsList(constraint.columns)}, ${jsText(name)})`;
    case "check":
    case "exclusion":
      return undefined;
  }
}

/** `table.dropIndex(["a"], "t_a_idx")`; the columns are for the reader, Knex goes by the name. */
export function knexDropIndex(index: IndexDefinition, isSafe: IsSafeName): string | undefined {
  return isSafe(index.name) ? `table.dropIndex(${jsList(index.keys.flatMap(({ column }) => column ?? []))}, ${jsText(index.name)})` : undefined;
}

/** The index methods that Knex's types admit. */
const KNEX_METHODS: ReadonlySet<string> = new Set(["btree", "hash"]);

/** `table.index(["a", "b"], "t_a_b_idx")`; `undefined` where the builder has no word for it. */
export function knexIndex(index: IndexDefinition, isSafe: IsSafeName): string | undefined {
  const columns = index.keys.flatMap((key) =>
    key.column !== null && isSafe(key.column) && key.collation === null && key.operatorClass === null && !key.descending && !key.nullsFirst
      ? key.column
      : [],
  );
  const isUsual =
    isSafe(index.name) && KNEX_METHODS.has(index.method) && columns.length === index.keys.length && index.include.length === 0 && index.predicate === null &&
    index.options.length === 0 && index.tablespace === null && index.comment === null && !index.clustered && !index.unique;
  if (!isUsual) return undefined;
  const method = index.method === "btree" ? "" : `, { storageEngineIndexType: ${jsText(index.method)} }`;
  return `table.index(${jsList(columns)}, ${jsText(index.name)}${method})`;
}

function isUsualKey(key: KeyConstraint, isSafe: IsSafeName): boolean {
  return (
    key.columns.every(isSafe) && key.include.length === 0 && !key.nullsNotDistinct && !key.withoutOverlaps && key.options.length === 0 &&
    key.tablespace === null
  );
}

function knexForeignKey(key: ForeignKey, bareSchema: string, isSafe: IsSafeName): string | undefined {
  const { table, columns } = key.references;
  const isUsual =
    [...key.columns, ...columns, table.schema, table.name].every(isSafe) && key.match === "simple" && key.onDeleteColumns.length === 0 &&
    !key.period && key.validated && key.enforced;
  if (!isUsual) return undefined;
  const deferral = { "not deferrable": "", "initially immediate": '.deferrable("immediate")', "initially deferred": '.deferrable("deferred")' };
  return [
    `table.foreign(${jsList(key.columns)}, ${jsText(key.name)}).references(${jsList(columns)}).inTable(${tableReference(table, bareSchema)})`,
    key.onUpdate === "no action" ? "" : `.onUpdate(${jsText(key.onUpdate.toUpperCase())})`,
    key.onDelete === "no action" ? "" : `.onDelete(${jsText(key.onDelete.toUpperCase())})`,
    deferral[key.deferral],
  ].join("");
}

function deferrable({ deferral }: KeyConstraint): string {
  if (deferral === "not deferrable") return "";
  return `, deferrable: ${deferral === "initially deferred" ? '"deferred"' : '"immediate"'}`;
}
