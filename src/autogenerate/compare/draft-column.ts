import { GmigError } from "../../errors.js";
import { canonicalType } from "../../schema/canonical-type.js";
import type { Column } from "../../schema/column.js";
import type { DeclaredColumn } from "../../schema/declared-schema.js";
import { withoutParentheses } from "../../schema/expression.js";
import { quoteIdentifier } from "../../schema/identifier.js";
import { displayName, type ObjectName } from "../../schema/object-name.js";
import type { Schema } from "../../schema/schema.js";
import type { ScratchColumn } from "../../schema/scratch-table.js";
import { carriedDefault } from "./carried-default.js";
import { contradiction } from "./contradiction.js";
import { newColumnType } from "./new-column-type.js";
import { statedType } from "./stated-type.js";

/** A column as it should be, its SQL partly as people wrote it. */
export interface DraftColumn {
  readonly declared: DeclaredColumn | undefined;
  /** What is there, under its new name. */
  readonly base: Column | undefined;
  readonly sql: ScratchColumn;
  /** Whether `sql` is all in PostgreSQL's own words already. */
  readonly isCanonical: boolean;
  /** Why the type changes, where the JSON Schema asks for it. */
  readonly reason: string | undefined;
}

export interface DraftColumnOptions {
  readonly table: ObjectName;
  /** The type, where a relation, an enum or the key of a new table decides it. */
  readonly knownType: string | undefined;
  /** The default of a new column that says none. */
  readonly knownDefault: string | null;
  readonly schema: Schema;
}

/** A column that is there and that no model speaks of stays as it is. */
export function keepColumn(base: Column): DraftColumn {
  const { name, type, collation, generated } = base;
  return {
    declared: undefined,
    base,
    sql: { name, type, collation, default: base.default, generated },
    isCanonical: true,
    reason: undefined,
  };
}

/** Lays what is declared over what is there. MODEL_INVALID where a new column has no type. */
export function draftColumn(declared: DeclaredColumn, base: Column | undefined, options: DraftColumnOptions): DraftColumn {
  const { stated } = declared;
  const reason = base === undefined || stated.type !== undefined ? undefined : typeReason(declared, base, options.schema);
  const type = typeOf(declared, base, reason, options);
  const collation =
    stated.collation === undefined
      ? type.text === base?.type ? base.collation : null
      : stated.collation === null ? null : collationInSql(stated.collation);
  const generated = generatedOf(declared, base);
  const isIdentity = stated.identity !== undefined && stated.identity !== null;
  const value =
    stated.default !== undefined ? stated.default : generated !== null || isIdentity ? null : base === undefined ? options.knownDefault : carriedDefault(base, type.text, options.schema);
  const isKnown =
    type.isCanonical &&
    (collation === null || collation === base?.collation) &&
    (value === null || (base === undefined ? stated.default === undefined : value === base.default && type.text === base.type)) &&
    (generated === null || generated.expression === base?.generated?.expression);
  return {
    declared,
    base,
    sql: { name: declared.name, type: type.text, collation, default: value, generated },
    isCanonical: isKnown,
    reason,
  };
}

function typeReason({ meaning, declared }: DeclaredColumn, base: Column, schema: Schema): string | undefined {
  return meaning === undefined || !declared ? undefined : contradiction(meaning, base.type, schema);
}

function typeOf(
  declared: DeclaredColumn,
  base: Column | undefined,
  reason: string | undefined,
  { knownType, table }: DraftColumnOptions,
): { readonly text: string; readonly isCanonical: boolean } {
  const { stated, meaning, source } = declared;
  if (stated.type !== undefined) {
    const own = statedType(stated.type, source);
    const canonical = canonicalType(own) ?? (own === base?.type ? base.type : undefined);
    return { text: canonical ?? own, isCanonical: canonical !== undefined };
  }
  if (base !== undefined && reason === undefined) return { text: base.type, isCanonical: true };
  const type = knownType ?? (meaning === undefined ? undefined : newColumnType(meaning));
  if (type !== undefined) return { text: type, isCanonical: true };
  const why = base === undefined ? "" : `, and ${reason}`;
  throw new GmigError(
    "MODEL_INVALID",
    `${source} does not tell the type of column ${displayName(table)}.${declared.name}${why}: declare one in tableSchema.columns, or false if it is no column`,
    { data: { source, table: displayName(table), column: declared.name } },
  );
}

function generatedOf({ stated }: DeclaredColumn, base: Column | undefined): ScratchColumn["generated"] {
  if (stated.generated === undefined) {
    const isOrdinary = (stated.default !== undefined && stated.default !== null) || (stated.identity !== undefined && stated.identity !== null);
    return isOrdinary ? null : (base?.generated ?? null);
  }
  if (stated.generated === null) return null;
  const { expression, kind } =
    typeof stated.generated === "string" ? { expression: stated.generated, kind: "stored" as const } : stated.generated;
  const there = base?.generated ?? null;
  const isThere = there !== null && withoutParentheses(there.expression) === withoutParentheses(expression);
  return { expression: isThere ? there.expression : expression, kind };
}

/** A collation's name is nearly always one that needs quotes: `C`, `en_US.utf8`, `de-x-icu`. */
function collationInSql(name: string): string {
  return name.includes('"') ? name : /^[a-z_][a-z0-9_]*\.[a-z_][a-z0-9_]*$/.test(name) ? name : quoteIdentifier(name);
}
