import type { Column, Identity } from "../../schema/column.js";
import type { DeclaredColumn } from "../../schema/declared-schema.js";
import { defaultName } from "../../schema/default-name.js";
import type { ObjectName } from "../../schema/object-name.js";
import type { CanonicalTable } from "../../schema/scratch-table.js";
import { defaultSequenceOptions, type SequenceOptions } from "../../schema/sequence.js";
import type { IdentitySchema } from "../../schema/table-schema.js";
import type { DraftColumn } from "./draft-column.js";

const EMPTY: Omit<Column, "name" | "type"> = {
  nullable: true,
  default: null,
  identity: null,
  generated: null,
  collation: null,
  storage: null,
  compression: null,
  statistics: null,
  options: [],
  grants: [],
  comment: null,
  inherited: false,
};

export interface TargetColumnOptions {
  readonly table: ObjectName;
  readonly isKey: boolean;
  /** Whether the key of a new row comes from the database: a new integer alone in the primary key. */
  readonly isNewIdentity: boolean;
}

/** The column as it should be, all in PostgreSQL's own words: what is declared laid over what is there. */
export function targetColumn(draft: DraftColumn, canonical: CanonicalTable | undefined, options: TargetColumnOptions): Column {
  const { base, declared, sql } = draft;
  if (declared === undefined && base !== undefined) return options.isKey && base.nullable ? { ...base, nullable: false } : base;
  const read = draft.isCanonical ? undefined : canonical?.columns.find(({ name }) => name === sql.name);
  const type = read?.type ?? sql.type;
  const generated =
    read !== undefined
      ? read.generated
      : sql.generated === null ? null : { ...sql.generated, uses: base?.generated?.uses ?? [] };
  const identity = targetIdentity(draft, type, options);
  const facts: Facts = {
    type,
    collation: read === undefined ? sql.collation : read.collation,
    default: identity === null && generated === null ? (read === undefined ? sql.default : read.default) : null,
    generated,
    identity,
    nullable: !options.isKey && identity === null && isNullable(declared, base, generated !== null),
    comment: declared?.stated.comment === undefined ? (base?.comment ?? null) : declared.stated.comment,
  };
  if (base !== undefined && isSame(base, facts)) return base;
  const isStoredAlike = base?.type === type || [base?.type ?? "", type].every(isText);
  return { ...EMPTY, ...base, ...(isStoredAlike ? {} : { storage: null, compression: null }), name: sql.name, ...facts };
}

function isText(type: string): boolean {
  return /^(text|character( varying)?(\(\d+\))?)$/.test(type);
}

/** What a declaration can change of a column. */
type Facts = Pick<Column, "type" | "collation" | "default" | "generated" | "identity" | "nullable" | "comment">;

function isSame(left: Facts, right: Facts): boolean {
  return (
    left.type === right.type && left.nullable === right.nullable && left.default === right.default && left.collation === right.collation &&
    left.comment === right.comment && left.generated?.expression === right.generated?.expression && left.generated?.kind === right.generated?.kind &&
    (left.identity === right.identity || JSON.stringify(left.identity) === JSON.stringify(right.identity))
  );
}

/** What is stated; else, of a column that is there, what it is, unless it must take null and doesn't. */
function isNullable(declared: DeclaredColumn | undefined, base: Column | undefined, isGenerated: boolean): boolean {
  if (declared?.stated.nullable !== undefined) return declared.stated.nullable;
  if (base === undefined) return !(declared?.required ?? false);
  if (isGenerated || base.identity !== null) return base.nullable;
  return base.nullable || (declared?.meaning?.admitsNull ?? false);
}

function targetIdentity({ declared, base, sql }: DraftColumn, type: string, options: TargetColumnOptions): Identity | null {
  const stated = declared?.stated.identity;
  if (stated === null) return null;
  if (stated === undefined) {
    const isOther = sql.generated !== null || (declared?.stated.default !== undefined && declared.stated.default !== null);
    if (isOther) return null;
    if (base !== undefined) return withType(base.identity, base.type, type);
    return options.isNewIdentity ? newIdentity("by default", type, sql.name, options.table) : null;
  }
  const generation = typeof stated === "string" ? stated : stated.generation;
  const before = withType(base?.identity ?? null, base?.type ?? type, type) ?? newIdentity(generation, type, sql.name, options.table);
  return { ...before, generation, options: typeof stated === "string" ? before.options : statedOptions(stated, type) };
}

function newIdentity(generation: Identity["generation"], type: string, column: string, table: ObjectName): Identity {
  const sequence = { schema: table.schema, name: defaultName(table.name, column, "seq"), owner: "", grants: [], comment: null };
  return { generation, sequence, options: defaultSequenceOptions(type) };
}

/** The sequence behind an identity column follows the column's type, its bounds only if they were those of the type. */
function withType(identity: Identity | null, from: string, to: string): Identity | null {
  if (identity === null || from === to) return identity;
  const { maximum } = identity.options;
  const isUsual = maximum === defaultSequenceOptions(from).maximum;
  return {
    ...identity,
    options: { ...identity.options, type: to, maximum: isUsual ? defaultSequenceOptions(to).maximum : maximum },
  };
}

/** An identity that is spelled out is meant whole: what it leaves out is as usual. */
function statedOptions(stated: IdentitySchema, type: string): SequenceOptions {
  const usual = defaultSequenceOptions(type);
  const minimum = String(stated.minimum ?? usual.minimum);
  return {
    type,
    start: String(stated.start ?? minimum),
    increment: String(stated.increment ?? usual.increment),
    minimum,
    maximum: String(stated.maximum ?? usual.maximum),
    cache: String(stated.cache ?? usual.cache),
    cycle: stated.cycle ?? usual.cycle,
  };
}
