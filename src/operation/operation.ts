import type { AlterColumnDefault } from "./alter-column-default.js";
import type { AlterColumnGenerated } from "./alter-column-generated.js";
import type { AlterColumnIdentity } from "./alter-column-identity.js";
import type { AlterColumnNullability } from "./alter-column-nullability.js";
import type { AlterColumnType } from "./alter-column-type.js";
import type { AlterEnum } from "./alter-enum.js";
import type { SetTableLogging, SetTableOptions } from "./alter-table.js";
import type { AddColumn, DropColumn } from "./column-existence.js";
import type { AddConstraint, DropConstraint } from "./constraint-existence.js";
import type { CreateEnum, DropEnum } from "./enum-existence.js";
import type { CreateIndex, DropIndex } from "./index-existence.js";
import type { RenameColumn } from "./rename-column.js";
import type { RenameConstraint } from "./rename-constraint.js";
import type { RenameEnumValue } from "./rename-enum-value.js";
import type { RenameIndex } from "./rename-index.js";
import type { RenameTable } from "./rename-table.js";
import type { RunSql } from "./run-sql.js";
import type { CreateSchema, DropSchema } from "./schema-existence.js";
import type { CreateSequence, DropSequence } from "./sequence-existence.js";
import type { SetComment } from "./set-comment.js";
import type { CreateTable, DropTable } from "./table-existence.js";

/** One change of a schema as data: it holds all that its inverse needs. The union is closed: a new kind breaks the build until all who switch over it know it. */
export type Operation =
  | CreateSchema
  | DropSchema
  | CreateTable
  | DropTable
  | RenameTable
  | SetTableLogging
  | SetTableOptions
  | AddColumn
  | DropColumn
  | RenameColumn
  | AlterColumnType
  | AlterColumnNullability
  | AlterColumnDefault
  | AlterColumnIdentity
  | AlterColumnGenerated
  | AddConstraint
  | DropConstraint
  | RenameConstraint
  | CreateIndex
  | DropIndex
  | RenameIndex
  | CreateEnum
  | DropEnum
  | AlterEnum
  | RenameEnumValue
  | CreateSequence
  | DropSequence
  | SetComment
  | RunSql;

export type OperationKind = Operation["kind"];

/** The operation of one kind. */
export type OperationOf<Kind extends OperationKind> = Extract<Operation, { readonly kind: Kind }>;
