import type { Check, Exclusion, ForeignKey, KeyConstraint } from "../../schema/constraint.js";
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

/** What is seldom otherwise: sent together, where anything of it is, because rows are many and each field of each costs. */
interface State extends Pick<ForeignKey, "deferral" | "validated" | "enforced" | "comment"> {
  readonly noInherit: boolean;
}

const USUAL: State = { deferral: "not deferrable", validated: true, enforced: true, noInherit: false, comment: null };

interface KeyDetails extends Pick<KeyConstraint, "nullsNotDistinct" | "withoutOverlaps" | "options" | "tablespace"> {
  readonly include: readonly number[];
}

const PLAIN_KEY: KeyDetails = { nullsNotDistinct: false, withoutOverlaps: false, options: [], tablespace: null, include: [] };

interface ForeignKeyDetails extends Pick<ForeignKey, "match" | "onUpdate" | "onDelete" | "period"> {
  readonly onDeleteNumbers: readonly number[] | null;
  readonly id: string;
  readonly schema: string;
  readonly table: string;
  readonly numbers: readonly number[];
  /** Where the referenced table lies in a schema that is not read. */
  readonly columns: readonly string[] | null;
}

interface Row {
  readonly relation: string;
  readonly type: "p" | "u" | "f" | "c" | "x";
  readonly name: string;
  /** Columns by number, with spaces between; those of a check are all that it refers to. */
  readonly numbers: string | null;
  readonly expression: string | null;
  /** {@link State} as JSON. */
  readonly state: string | null;
  /** Of its type, as JSON. */
  readonly details: string | null;
}

const ACTION = (code: string): string =>
  `case ${code} when 'r' then 'restrict' when 'c' then 'cascade' when 'n' then 'set null' when 'd' then 'set default' else 'no action' end`;

/** NOT NULL, which PostgreSQL 18 lists here too, is the column's own; what a partition has from its parent is the parent's. */
export function constraintsSql(version: number): string {
  const nullsNotDistinct = version >= 150000 ? "i.indnullsnotdistinct" : "false";
  const [enforced, period] = version >= 180000 ? ["k.conenforced", "k.conperiod"] : ["true", "false"];
  // What is no key's own is told of checks alone: keys never inherit.
  return `
  select k.conrelid::text as relation, k.contype::text as type, k.conname::text as name, array_to_string(k.conkey, ' ') as numbers,
    case when k.contype = 'c' then pg_get_expr(k.conbin, k.conrelid) end as expression,
    case when k.condeferrable or not k.convalidated or not ${enforced} or k.contype = 'c' and k.connoinherit or o.description is not null
      then json_build_object('deferral', case when not k.condeferrable then 'not deferrable' when k.condeferred then 'initially deferred'
          else 'initially immediate' end, 'validated', k.convalidated, 'enforced', ${enforced}, 'noInherit', k.connoinherit,
        'comment', o.description)::text end as state,
    case k.contype
      when 'f' then json_build_object('id', k.confrelid::text, 'schema', rn.nspname, 'table', rc.relname, 'numbers', k.confkey,
        'columns', case when not rn.nspname = any($1::text[]) then ${columnNames("k.confkey", "k.confrelid")} end,
        'match', case k.confmatchtype when 'f' then 'full' when 'p' then 'partial' else 'simple' end,
        'onUpdate', ${ACTION("k.confupdtype")}, 'onDelete', ${ACTION("k.confdeltype")},
        'onDeleteNumbers', ${version >= 150000 ? "k.confdelsetcols" : "null"}, 'period', ${period})::text
      when 'x' then json_build_object('definition', pg_get_constraintdef(k.oid), 'uses', ${usedColumns("pg_class", "k.conindid", "k.conrelid")})::text
      when 'c' then null
      else case when i.indnatts > i.indnkeyatts or ${nullsNotDistinct} or ${period} or ic.reloptions is not null or ts.spcname is not null
        then json_build_object('include', (i.indkey::int2[])[i.indnkeyatts:i.indnatts - 1], 'nullsNotDistinct', ${nullsNotDistinct},
          'withoutOverlaps', ${period}, 'options', ${optionsOf("ic.reloptions")}, 'tablespace', ts.spcname)::text end
      end as details
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
}

/** Constraints by table, sorted by name, without those that a partition or child has from its parent alone. The query is on its way when this returns. */
export async function readConstraints(
  session: Queryable,
  schemas: readonly string[],
  serverVersion: number,
  columns: ReadColumns | Promise<ReadColumns>,
): Promise<ReadonlyMap<string, readonly ReadConstraint[]>> {
  const [rows, known] = await Promise.all([session.query<Row>(constraintsSql(serverVersion), [schemas]), columns]);
  return groupByRelation(rows, (row) => build(row, known));
}

function build(row: Row, { namesOf }: ReadColumns): ReadConstraint {
  const { name, relation } = row;
  const { deferral, validated, enforced, noInherit, comment } = row.state === null ? USUAL : (JSON.parse(row.state) as State);
  const columns = row.numbers === null || row.numbers === "" ? [] : namesOf(relation, row.numbers.split(" ").map(Number));
  const details: unknown = JSON.parse(row.details ?? "null");
  switch (row.type) {
    case "p":
    case "u": {
      const { include, ...others } = (details as KeyDetails | null) ?? PLAIN_KEY;
      return {
        type: row.type === "p" ? "primary key" : "unique",
        constraint: { name, columns, include: namesOf(relation, include), ...others, deferral, comment },
      };
    }
    case "f": {
      const { id, schema, table, numbers, columns: foreign, onDeleteNumbers, match, onUpdate, onDelete, period } = details as ForeignKeyDetails;
      const references = { table: { schema, name: table }, columns: foreign ?? namesOf(id, numbers) };
      const onDeleteColumns = namesOf(relation, onDeleteNumbers ?? []);
      return {
        type: "foreign key",
        constraint: { name, columns, references, match, onUpdate, onDelete, onDeleteColumns, period, deferral, validated, enforced, comment },
      };
    }
    case "c": {
      const print = row.expression ?? "";
      const check: Check = { name, expression: stableExpression(print), uses: columns.toSorted(), noInherit, validated, enforced, comment };
      return { type: "check", constraint: check.expression === print ? check : { ...check, print } };
    }
    case "x": {
      const { definition, uses } = details as Pick<Exclusion, "definition" | "uses">;
      // A plain column hangs on the constraint, one in an expression or the predicate on its index.
      return { type: "exclusion", constraint: { name, definition: stableExpression(definition), uses: [...new Set([...columns, ...uses])].sort(), comment } };
    }
  }
}
