import type { Operation } from "../../operation/operation.js";
import { toSql } from "../../operation/operations.js";
import { restateColumns } from "../../operation/table-existence.js";
import type { Naming } from "../../operation/naming.js";
import type { ObjectName } from "../../schema/object-name.js";
import { jsText } from "./js-text.js";
import { knexColumn } from "./knex-column.js";
import { knexCreateTable } from "./knex-create-table.js";
import { schemaBuilder, type IsSafeName } from "./knex-names.js";
import { rawCall } from "./knex-raw.js";
import { knexConstraint, knexDropConstraint, knexDropIndex, knexIndex } from "./knex-table-parts.js";

export interface KnexContext {
  readonly naming: Naming;
  /** The schema whose objects stand bare. */
  readonly bareSchema: string;
  readonly isSafe: IsSafeName;
}

/** A statement of the builder within `alterTable`, or lines of their own. */
export type KnexCode =
  | { readonly kind: "alter table"; readonly table: ObjectName; readonly line: string; readonly addsColumn: boolean }
  | { readonly kind: "lines"; readonly lines: readonly string[] };

/** The operation in Knex's words, or as raw SQL where Knex has none or can't be trusted. */
export function knexOperation(operation: Operation, context: KnexContext): KnexCode {
  const { naming, bareSchema, isSafe } = context;
  const raw = (): KnexCode => ({ kind: "lines", lines: toSql(operation, naming).map(rawCall) });
  const alter = (table: ObjectName, line: string | undefined): KnexCode =>
    line === undefined || !isSafe(table.name) || !isSafe(table.schema) ? raw() : { kind: "alter table", table, line, addsColumn: operation.kind === "add column" };
  switch (operation.kind) {
    case "create table":
      return { kind: "lines", lines: [...knexCreateTable(operation.table, operation.sequences, context), ...restateColumns(operation, naming).map(rawCall)] };
    case "drop table": {
      const { table } = operation;
      if (!isSafe(table.name) || !isSafe(table.schema)) return raw();
      return { kind: "lines", lines: [`await ${schemaBuilder(table, bareSchema)}.dropTable(${jsText(table.name)});`] };
    }
    case "rename table": {
      const { from, to } = operation;
      if (from.schema !== to.schema || ![from.name, to.name, from.schema].every(isSafe)) return raw();
      return { kind: "lines", lines: [`await ${schemaBuilder(from, bareSchema)}.renameTable(${jsText(from.name)}, ${jsText(to.name)});`] };
    }
    case "add column":
      if (operation.sequence !== null || operation.fill !== null) return raw();
      return alter(operation.table, knexColumn(operation.table, operation.column, naming, isSafe));
    case "drop column":
      return alter(operation.table, isSafe(operation.column.name) ? `table.dropColumn(${jsText(operation.column.name)})` : undefined);
    case "rename column": {
      const { table, from, to } = operation;
      return alter(table, [from, to].every(isSafe) ? `table.renameColumn(${jsText(from)}, ${jsText(to)})` : undefined);
    }
    case "alter column nullability": {
      if (operation.fill !== null && !operation.nullable) return raw();
      const method = operation.nullable ? "setNullable" : "dropNullable";
      return alter(operation.table, isSafe(operation.column) ? `table.${method}(${jsText(operation.column)})` : undefined);
    }
    case "add constraint":
      return operation.inTwoSteps ? raw() : alter(operation.table, knexConstraint(operation.constraint, bareSchema, isSafe));
    case "drop constraint":
      return alter(operation.table, knexDropConstraint(operation.constraint, isSafe));
    case "create index":
      return operation.concurrently ? raw() : alter(operation.table, knexIndex(operation.index, isSafe));
    case "drop index":
      return operation.concurrently ? raw() : alter(operation.table, knexDropIndex(operation.index, isSafe));
    case "create schema":
    case "drop schema":
    case "set table logging":
    case "set table options":
    case "alter column type":
    case "alter column default":
    case "alter column identity":
    case "alter column generated":
    case "rename constraint":
    case "rename index":
    case "create enum":
    case "drop enum":
    case "alter enum":
    case "rename enum value":
    case "create sequence":
    case "drop sequence":
    case "set comment":
    case "run sql":
      return raw();
  }
}
