import type { Column } from "../schema/column.js";
import { quoteIdentifier } from "../schema/identifier.js";
import { quoteLiteral } from "../schema/literal.js";
import type { ObjectName } from "../schema/object-name.js";
import type { Owned } from "../schema/owned.js";
import type { Sequence } from "../schema/sequence.js";
import { sequenceClauses } from "./column-clause.js";
import { grantStatements } from "./grant-statements.js";
import { optionInSql } from "./index-clause.js";
import type { Naming } from "./naming.js";

/** What must be said of a column after it was made: storage, compression, statistics, comment, grants, also those of an identity's sequence. Empty for most. */
export function afterColumn(table: ObjectName, column: Column, naming: Naming): readonly string[] {
  const alter = `alter table ${naming(table)} alter column ${quoteIdentifier(column.name)}`;
  return [
    ...(column.storage === null ? [] : [`${alter} set storage ${column.storage}`]),
    ...(column.compression === null ? [] : [`${alter} set compression ${column.compression}`]),
    ...(column.statistics === null ? [] : [`${alter} set statistics ${column.statistics}`]),
    ...(column.options.length === 0 ? [] : [`${alter} set (${column.options.map(optionInSql).join(", ")})`]),
    ...(column.comment === null
      ? []
      : [`comment on column ${naming(table)}.${quoteIdentifier(column.name)} is ${quoteLiteral(column.comment)}`]),
    ...grantStatements(naming(table), column.grants, null, [column.name]),
    ...(column.identity === null ? [] : afterSequence(column.identity.sequence, naming)),
  ];
}

/** Makes the sequence that a serial column's default takes its values from. */
export function createSequence(sequence: Sequence, naming: Naming): string {
  const kind = sequence.unlogged ? "unlogged sequence" : "sequence";
  const type = sequence.type === "bigint" ? [] : [`as ${sequence.type}`];
  return [`create ${kind} ${naming(sequence)}`, ...type, ...sequenceClauses(sequence, sequence.type)].join(" ");
}

/** What must be said of a sequence after it was made: comment and grants. Empty for most. */
export function afterSequence({ owner, grants, comment, ...name }: ObjectName & Owned, naming: Naming): readonly string[] {
  const sequence = `sequence ${naming(name)}`;
  return [...(comment === null ? [] : [`comment on ${sequence} is ${quoteLiteral(comment)}`]), ...grantStatements(sequence, grants, owner)];
}

/** Ties a sequence to its column, with which it falls; empty where it stands alone. */
export function ownSequence({ ownedBy, ...sequence }: Sequence, naming: Naming): readonly string[] {
  if (ownedBy === null) return [];
  return [`alter sequence ${naming(sequence)} owned by ${naming(ownedBy.table)}.${quoteIdentifier(ownedBy.column)}`];
}
