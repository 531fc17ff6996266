import { keepsValues } from "../../operation/alter-column-generated.js";
import type { ColumnType } from "../../operation/alter-column-type.js";
import type { Operation } from "../../operation/operation.js";
import { changesWhenRead } from "../../schema/check-text.js";
import type { Column } from "../../schema/column.js";
import type { Check } from "../../schema/constraint.js";
import { isSameName, type ObjectName } from "../../schema/object-name.js";
import type { Schema } from "../../schema/schema.js";
import type { Sequence } from "../../schema/sequence.js";
import { conversion } from "./conversion.js";
import type { Filler } from "./filler.js";
import type { Staged } from "./stage.js";
import { bareName, changesType, isOneFamily, type ColumnPair, type TablePair } from "./table-pair.js";

export interface DiffColumnsContext {
  /** What is there, under its new names, with the enum types that should be. */
  readonly schema: Schema;
  readonly fill: Filler;
  /** Whether the type is an enum that is made anew. */
  readonly isRecreated: (type: string) => boolean;
}

/** What takes a column that stays to what it should be: what fills it goes first, then type and nullability, then what fills it comes. */
export function diffColumn(pair: TablePair, columns: ColumnPair, context: DiffColumnsContext): readonly Staged[] {
  const { base, target } = columns;
  const table = bareName(pair.target);
  const changes = [
    ...dropSources(pair, columns, context),
    ...changeType(pair, columns, context),
    ...changeNullability(pair, columns, context),
    ...addSources(pair, columns, context),
  ];
  if (base.comment === target.comment) return changes;
  const on = { kind: "column", table, name: target.name } as const;
  return [...changes, { stage: "comment", operation: { kind: "set comment", on, from: base.comment, to: target.comment } }];
}

/** Expression, default, identity: what can't stay through the change. Under the old names, which rule as long as nothing was renamed. */
function dropSources(pair: TablePair, columns: ColumnPair, context: DiffColumnsContext): readonly Staged[] {
  const { actual, base, target } = columns;
  const before = bareName(pair.actual);
  const changes: Staged[] = [];
  if (keepsValues(base, target)) {
    const to = { ...actual, generated: null };
    changes.push({ stage: "drop default", operation: { kind: "alter column generated", table: before, from: actual, to } });
  }
  if (base.identity !== null && target.identity === null) {
    const to = { ...actual, identity: null };
    changes.push({ stage: "drop default", operation: { kind: "alter column identity", table: before, from: actual, to } });
  }
  if (dropsDefault(columns, context)) {
    const operation: Operation = { kind: "alter column default", table: before, column: actual.name, from: actual.default, to: null };
    changes.push({ stage: "drop default", operation });
  }
  const sequence = target.identity === null || base.identity !== null ? null : ownedSequence(context.schema, bareName(pair.target), base.name);
  if (sequence !== null) changes.push({ stage: "alter column", operation: { kind: "drop sequence", sequence } });
  return changes;
}

/** Whether the default that is there is in the way of the type, of an identity, or of an enum that is made anew. */
function dropsDefault({ base, target }: ColumnPair, { schema, isRecreated }: DiffColumnsContext): boolean {
  if (base.default === null) return false;
  const isCrossing = base.type !== target.type && !isOneFamily(base.type, target.type, schema);
  if (isCrossing || target.identity !== null) return true;
  return base.default !== target.default && (base.type !== target.type || isRecreated(base.type));
}

function changeType(pair: TablePair, columns: ColumnPair, { schema }: DiffColumnsContext): readonly Staged[] {
  const { base, target } = columns;
  if (!changesType(columns)) return [];
  const isOther = base.type !== target.type;
  return [
    {
      stage: "alter column",
      operation: {
        kind: "alter column type",
        table: bareName(pair.target),
        column: target.name,
        from: columnType(base),
        to: columnType(target),
        using: isOther ? conversion(target.name, base.type, target.type, schema) : null,
        usingBack: isOther ? conversion(target.name, target.type, base.type, schema) : null,
        checks: [],
        checksBack: checksToRestore(pair, target.name),
      },
    },
  ];
}

/** The checks of a column that stay as they are and that PostgreSQL prints otherwise once it has read them anew. A renamed column's are not to be run. */
function checksToRestore({ actual, base, target, reborn }: TablePair, column: string): readonly Check[] {
  const isAsBefore = (check: Check): boolean => actual.checks.some(({ name, expression }) => name === check.name && expression === check.expression);
  const stays = (check: Check): boolean => target.checks.includes(check) && !check.uses.some((name) => reborn.has(name));
  return base.checks.filter((check) => check.uses.includes(column) && changesWhenRead(check) && stays(check) && isAsBefore(check));
}

function columnType({ type, collation, storage, compression }: Column): ColumnType {
  return { type, collation, ...(storage === null ? {} : { storage }), ...(compression === null ? {} : { compression }) };
}

function changeNullability(pair: TablePair, { base, target }: ColumnPair, context: DiffColumnsContext): readonly Staged[] {
  if (base.nullable === target.nullable) return [];
  const table = bareName(pair.target);
  const fill = target.nullable ? context.fill.leaveOpen(pair.actual) : context.fill.ask(pair.actual, table, target);
  const { name: column, nullable } = target;
  return [{ stage: "alter column", operation: { kind: "alter column nullability", table, column, nullable, fill } }];
}

function addSources(pair: TablePair, columns: ColumnPair, context: DiffColumnsContext): readonly Staged[] {
  const { base, target } = columns;
  const table = bareName(pair.target);
  const changes: Staged[] = [];
  if (target.identity !== null && !isFollowing(columns)) {
    const from = { ...target, identity: base.identity };
    changes.push({ stage: "alter column", operation: { kind: "alter column identity", table, from, to: target } });
  }
  const before = dropsDefault(columns, context) ? null : base.default;
  if (before !== target.default) {
    const operation: Operation = { kind: "alter column default", table, column: target.name, from: before, to: target.default };
    changes.push({ stage: "alter column", operation });
  }
  return changes;
}

/** Whether the identity is the same, or changes by itself with the column's type. */
function isFollowing({ base, target }: ColumnPair): boolean {
  if (base.identity === null || target.identity === null) return false;
  const without = ({ options: { type: _type, maximum: _maximum, ...options }, ...identity }: typeof base.identity) =>
    JSON.stringify([identity, options]);
  const isTypeChange = base.type !== target.type;
  return isTypeChange
    ? without(base.identity) === without(target.identity)
    : JSON.stringify(base.identity) === JSON.stringify(target.identity);
}

/** The sequence that a serial column takes its values from. */
export function ownedSequence(schema: Schema, table: ObjectName, column: string): Sequence | null {
  const isOwned = ({ ownedBy }: Sequence): boolean => ownedBy !== null && isSameName(ownedBy.table, table) && ownedBy.column === column;
  return schema.sequences.find(isOwned) ?? null;
}
