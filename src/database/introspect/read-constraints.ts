import type { Check, Deferral, Exclusion, ForeignKey, KeyConstraint } from "../../schema/constraint.js";
import { stableExpression } from "../../schema/stable-expression.js";
import type { Queryable } from "../queryable.js";
import { columnNames, groupByRelation, joinComment, optionsOf, usedColumns } from "./catalogue-sql.js";
import type { ReadColumns } from "./read-columns.js";

/** A table's constraint, told apart by `type`. */
export type ReadConstraint =
  | { readonly type: "primary key" | "unique"; readonly constraint: KeyConstraint }
  | { readonly type: "foreign key"; readonly constraint: ForeignKey }
  | { readonly type: "check"; readonly constraint: Check }
  | { readonly type: "exclusion"; readonly constraint: Exclusion };

interface Row
  extends Omit<KeyConstraint, "columns" | "include">,
    Pick<ForeignKey, "match" | "onUpdate" | "onDelete" | "period" | "validated" | "enforced">,
    Pick<Check, "expression" | "noInherit">,
    Pick<Exclusion, "definition" | "uses"> {
  readonly relation: string;
  readonly type: "p" | "u" | "f" | "c" | "x";
  readonly deferral: Deferral;
  /** Columns by number; those of a check are all that it refers to. */
  readonly numbers: number[] | null;
  readonly includeNumbers: number[] | null;
  readonly onDeleteNumbers: number[] | null;
  readonly referencedId: string;
  readonly referencedSchema: string;
  readonly referencedTable: string;
  readonly referencedNumbers: number[] | null;
  /** Where the referenced table lies in a schema that is not read. */
  readonly foreignColumns: string[] | null;
}

const ACTION = (code: string): string =>
  `case ${code} when 'r' then 'restrict' when 'c' then 'cascade' when 'n' then 'set null' when 'd' then 'set default' else 'no action' end`;

/** NOT NULL, which PostgreSQL 18 lists here too, is the column's own; what a partition has from its parent is the parent's. */
const sql = (version: number): string => `
  select k.conrelid::text as relation, k.contype::text as type, k.conname::text as name,
    k.conkey::int4[] as numbers,
    case when not k.condeferrable then 'not deferrable' when k.condeferred then 'initially deferred'
      else 'initially immediate' end as deferral,
    k.convalidated as validated, ${version >= 180000 ? "k.conenforced" : "true"} as enforced,
    ${version >= 180000 ? "k.conperiod and k.contype = 'f'" : "false"} as period,
    ${version >= 180000 ? "k.conperiod and k.contype in ('p', 'u')" : "false"} as "withoutOverlaps",
    k.connoinherit as "noInherit", o.description as comment,
    rn.nspname::text as "referencedSchema", rc.relname::text as "referencedTable",
    k.confrelid::text as "referencedId", k.confkey::int4[] as "referencedNumbers",
    case when not rn.nspname = any($1::text[]) then ${columnNames("k.confkey", "k.confrelid")} end as "foreignColumns",
    case k.confmatchtype when 'f' then 'full' when 'p' then 'partial' else 'simple' end as match,
    ${ACTION("k.confupdtype")} as "onUpdate", ${ACTION("k.confdeltype")} as "onDelete",
    ${version >= 150000 ? "k.confdelsetcols::int4[]" : "null::int4[]"} as "onDeleteNumbers",
    case when k.contype = 'c' then pg_get_expr(k.conbin, k.conrelid) end as expression,
    case when k.contype = 'x' then pg_get_constraintdef(k.oid) end as definition,
    case when k.contype = 'x' then ${usedColumns("pg_class", "k.conindid", "k.conrelid")} end as uses,
    case when k.contype in ('p', 'u') then ((i.indkey::int2[])[i.indnkeyatts:i.indnatts - 1])::int4[] end as "includeNumbers",
    coalesce(${version >= 150000 ? "i.indnullsnotdistinct" : "false"}, false) as "nullsNotDistinct",
    case when k.contype in ('p', 'u') then ${optionsOf("ic.reloptions")} end as options, ts.spcname::text as tablespace
  from pg_constraint k
  join pg_class c on c.oid = k.conrelid
  join pg_namespace n on n.oid = c.relnamespace and n.nspname = any($1::text[])
  left join pg_index i on i.indexrelid = k.conindid and k.contype in ('p', 'u', 'x')
  left join pg_class ic on ic.oid = i.indexrelid
  left join pg_tablespace ts on ts.oid = ic.reltablespace
  left join pg_class rc on rc.oid = k.confrelid
  left join pg_namespace rn on rn.oid = rc.relnamespace
  ${joinComment("o", "pg_constraint", "k.oid")}
  where k.contype in ('p', 'u', 'f', 'c', 'x') and k.conparentid = 0 and k.conislocal
  order by k.conrelid, k.conname`;

/** Constraints by table, sorted by name, without those that a partition or child has from its parent alone. */
export async function readConstraints(
  session: Queryable,
  schemas: readonly string[],
  serverVersion: number,
  columns: ReadColumns,
): Promise<ReadonlyMap<string, readonly ReadConstraint[]>> {
  return groupByRelation(await session.query<Row>(sql(serverVersion), [schemas]), (row) => build(row, columns));
}

function build(row: Row, { namesOf }: ReadColumns): ReadConstraint {
  const { name, comment, deferral, validated, enforced } = row;
  const columns = namesOf(row.relation, row.numbers ?? []);
  switch (row.type) {
    case "p":
    case "u": {
      const { nullsNotDistinct, withoutOverlaps, options, tablespace } = row;
      const include = namesOf(row.relation, row.includeNumbers ?? []);
      return {
        type: row.type === "p" ? "primary key" : "unique",
        constraint: { name, columns, include, nullsNotDistinct, withoutOverlaps, deferral, options, tablespace, comment },
      };
    }
    case "f": {
      const { match, onUpdate, onDelete, period } = row;
      const table = { schema: row.referencedSchema, name: row.referencedTable };
      const references = { table, columns: row.foreignColumns ?? namesOf(row.referencedId, row.referencedNumbers ?? []) };
      const onDeleteColumns = namesOf(row.relation, row.onDeleteNumbers ?? []);
      return {
        type: "foreign key",
        constraint: {
          name, columns, references, match, onUpdate, onDelete, onDeleteColumns, period,
          deferral, validated, enforced, comment,
        },
      };
    }
    case "c": {
      const { expression, noInherit } = row;
      return { type: "check", constraint: { name, expression: stableExpression(expression), uses: columns.toSorted(), noInherit, validated, enforced, comment } };
    }
    case "x": {
      // A plain column hangs on the constraint, one in an expression or the predicate on its index.
      const uses = [...new Set([...columns, ...row.uses])].sort();
      return { type: "exclusion", constraint: { name, definition: stableExpression(row.definition), uses, comment } };
    }
  }
}
