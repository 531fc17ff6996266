import type { Operation } from "../../operation/operation.js";
import type { ObjectName } from "../../schema/object-name.js";
import { listConstraints, withConstraints } from "../../schema/table-constraint.js";
import type { Table } from "../../schema/table.js";

/** An object that a comparison may leave out. */
export interface ComparedObject {
  readonly kind: "table" | "column" | "constraint" | "index" | "enum";
  readonly schema: string;
  readonly name: string;
  /** Of what belongs to a table: its name, in the same schema. */
  readonly table?: string;
}

/** Whether an object is looked at. */
export type Includes = (object: ComparedObject) => boolean;

/** The operations without those on objects that are left out; a new table comes without such columns, constraints and indexes. */
export function leaveOut(operations: readonly Operation[], includes: Includes): readonly Operation[] {
  return operations.flatMap((operation): readonly Operation[] => {
    const object = objectOf(operation);
    if (object !== undefined && !includes(object)) return [];
    return operation.kind === "create table" ? [{ ...operation, table: withoutParts(operation.table, includes) }] : [operation];
  });
}

function withoutParts(table: Table, includes: Includes): Table {
  const isIn = (kind: ComparedObject["kind"], { name }: { readonly name: string }): boolean => includes(part(kind, table, name));
  const constraints = listConstraints(table).filter((constraint) => isIn("constraint", constraint));
  return {
    ...withConstraints(table, constraints),
    columns: table.columns.filter((column) => isIn("column", column)),
    indexes: table.indexes.filter((index) => isIn("index", index)),
  };
}

function part(kind: ComparedObject["kind"], { schema, name: table }: ObjectName, name: string): ComparedObject {
  return { kind, schema, table, name };
}

function whole(kind: "table" | "enum", { schema, name }: ObjectName): ComparedObject {
  return { kind, schema, name };
}

/** What the operation is about; `undefined` for what can't be left out by name. */
function objectOf(operation: Operation): ComparedObject | undefined {
  switch (operation.kind) {
    case "create table":
    case "drop table":
      return whole("table", operation.table);
    case "rename table":
      return whole("table", operation.to);
    case "set table logging":
    case "set table options":
      return whole("table", operation.table);
    case "add column":
    case "drop column":
      return part("column", operation.table, operation.column.name);
    case "rename column":
      return part("column", operation.table, operation.to);
    case "alter column type":
    case "alter column nullability":
    case "alter column default":
      return part("column", operation.table, operation.column);
    case "alter column identity":
    case "alter column generated":
      return part("column", operation.table, operation.to.name);
    case "add constraint":
    case "drop constraint":
      return part("constraint", operation.table, operation.constraint.name);
    case "rename constraint":
      return part("constraint", operation.table, operation.to);
    case "create index":
    case "drop index":
      return part("index", operation.table, operation.index.name);
    case "rename index":
      return part("index", operation.table, operation.to);
    case "create enum":
    case "drop enum":
    case "alter enum":
    case "rename enum value":
      return whole("enum", operation.type);
    case "set comment": {
      const { on } = operation;
      if (on.kind === "type") return whole("enum", on.type);
      return on.kind === "table" ? whole("table", on.table) : part(on.kind, on.table, on.name);
    }
    case "create sequence":
    case "drop sequence":
    case "create schema":
    case "drop schema":
    case "run sql":
      return undefined;
  }
}
