import { insertByName } from "../schema/change-schema.js";
import { quoteIdentifier } from "../schema/identifier.js";
import { displayName, isSameName } from "../schema/object-name.js";
import type { Sequence } from "../schema/sequence.js";
import { afterSequence, createSequence as createSequenceSql, ownSequence } from "./column-statements.js";
import type { Naming } from "./naming.js";
import type { OperationRules } from "./operation-rules.js";

/** Makes a sequence; one that a column owns goes on after the column's greatest value. */
export interface CreateSequence {
  readonly kind: "create sequence";
  readonly sequence: Sequence;
}

export interface DropSequence {
  readonly kind: "drop sequence";
  readonly sequence: Sequence;
}

export const createSequence: OperationRules<CreateSequence> = {
  invert: ({ sequence }) => ({ kind: "drop sequence", sequence }),
  describe: ({ sequence }) => `create sequence ${displayName(sequence)}`,
  toSql: ({ sequence }, naming) => [
    createSequenceSql(sequence, naming),
    ...ownSequence(sequence, naming),
    ...(sequence.ownedBy === null ? [] : [goOn(sequence, sequence.ownedBy.table, sequence.ownedBy.column, naming)]),
    ...afterSequence(sequence, naming),
  ],
  apply: ({ sequence }, schema) => ({ ...schema, sequences: insertByName(schema.sequences, sequence) }),
};

export const dropSequence: OperationRules<DropSequence> = {
  invert: ({ sequence }) => ({ kind: "create sequence", sequence }),
  describe: ({ sequence }) => `drop sequence ${displayName(sequence)}`,
  toSql: ({ sequence }, naming) => [`drop sequence ${naming(sequence)}`],
  apply: ({ sequence }, schema) => ({
    ...schema,
    sequences: schema.sequences.filter((each) => !isSameName(each, sequence)),
  }),
};

/** Sets the sequence to the greatest value of the column, where there are rows; without, it begins at its start. */
export function goOn(sequence: Parameters<Naming>[0], table: Parameters<Naming>[0], column: string, naming: Naming): string {
  const greatest = `max(${quoteIdentifier(column)})`;
  return `select setval('${naming(sequence).replaceAll("'", "''")}', ${greatest}) from ${naming(table)} having ${greatest} is not null`;
}
