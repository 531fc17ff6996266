import type { ObjectName } from "../../schema/object-name.js";
import type { SequenceOptions } from "../../schema/sequence.js";
import type { Queryable } from "../queryable.js";
import { grantsOf, joinComment, notOfExtension, optionsOf } from "./catalogue-sql.js";

/** A row of `pg_class`: what tables, views and sequences have in common, and what is asked of one kind only. */
export interface RelationRow extends ObjectName {
  readonly id: string;
  /** `pg_class.relkind`: r, p, f, v, m or S. */
  readonly kind: string;
  readonly unlogged: boolean;
  readonly owner: string;
  readonly grants: string[];
  readonly comment: string | null;
  readonly options: string[];
  readonly tablespace: string | null;
  readonly accessMethod: string | null;
  readonly rowSecurity: "off" | "on" | "forced";
  readonly replicaIdentity: string;
  readonly partitionBy: string | null;
  readonly bound: string | null;
  readonly parents: readonly ObjectName[];
  readonly foreign: { readonly server: string; readonly options: readonly string[] } | null;
  readonly viewDefinition: string | null;
  /** What a view reads. */
  readonly uses: readonly (ObjectName & { readonly column: string })[];
  readonly sequence:
    | (SequenceOptions & { readonly table: ObjectName | null; readonly column: string | null; readonly internal: boolean })
    | null;
}

export const RELATIONS_SQL = `
  select c.oid::text as id, n.nspname::text as schema, c.relname::text as name, c.relkind::text as kind,
    c.relpersistence = 'u' as unlogged, pg_get_userbyid(c.relowner)::text as owner, ${grantsOf("c.relacl")} as grants,
    o.description as comment, ${optionsOf("c.reloptions")} as options,
    ts.spcname::text as tablespace,
    nullif(am.amname::text, current_setting('default_table_access_method')) as "accessMethod",
    case when c.relforcerowsecurity then 'forced' when c.relrowsecurity then 'on' else 'off' end as "rowSecurity",
    case c.relreplident when 'd' then 'default' when 'n' then 'nothing' when 'f' then 'full'
      else (select ic.relname::text from pg_index i join pg_class ic on ic.oid = i.indexrelid
            where i.indrelid = c.oid and i.indisreplident) end as "replicaIdentity",
    case when c.relkind = 'p' then pg_get_partkeydef(c.oid) end as "partitionBy",
    case when c.relispartition then pg_get_expr(c.relpartbound, c.oid) end as bound,
    (select json_agg(json_build_object('schema', pn.nspname, 'name', p.relname) order by h.inhseqno)::text
      from pg_inherits h join pg_class p on p.oid = h.inhparent join pg_namespace pn on pn.oid = p.relnamespace
      where h.inhrelid = c.oid) as parents,
    case when c.relkind = 'f' then (select json_build_object('server', s.srvname, 'options', coalesce(f.ftoptions, '{}'))::text
      from pg_foreign_table f join pg_foreign_server s on s.oid = f.ftserver where f.ftrelid = c.oid) end as foreign,
    case when c.relkind in ('v', 'm') then pg_get_viewdef(c.oid) end as "viewDefinition",
    case when c.relkind in ('v', 'm') then (
      select json_agg(json_build_object('schema', u.schema, 'name', u.name, 'column', u.column) order by u.schema, u.name, u.column)::text from (
        select distinct un.nspname as schema, uc.relname as name, ua.attname as column
        from pg_rewrite w join pg_depend d on d.classid = 'pg_rewrite'::regclass and d.objid = w.oid
          and d.refclassid = 'pg_class'::regclass and d.refobjsubid > 0
        join pg_class uc on uc.oid = d.refobjid join pg_namespace un on un.oid = uc.relnamespace
        join pg_attribute ua on ua.attrelid = d.refobjid and ua.attnum = d.refobjsubid
        where w.ev_class = c.oid and w.rulename = '_RETURN') u) end as uses,
    case when c.relkind = 'S' then (
      select json_build_object('type', format_type(q.seqtypid, null), 'start', q.seqstart::text, 'increment', q.seqincrement::text,
        'minimum', q.seqmin::text, 'maximum', q.seqmax::text, 'cache', q.seqcache::text, 'cycle', q.seqcycle,
        'internal', coalesce(d.deptype = 'i', false),
        'table', case when d.refobjid is not null then json_build_object('schema', tn.nspname, 'name', t.relname) end,
        'column', a.attname)::text
      from pg_sequence q
      left join pg_depend d on d.classid = 'pg_class'::regclass and d.objid = q.seqrelid and d.deptype in ('a', 'i')
        and d.refclassid = 'pg_class'::regclass and d.refobjsubid > 0
      left join pg_class t on t.oid = d.refobjid left join pg_namespace tn on tn.oid = t.relnamespace
      left join pg_attribute a on a.attrelid = d.refobjid and a.attnum = d.refobjsubid
      where q.seqrelid = c.oid) end as sequence
  from pg_class c
  join pg_namespace n on n.oid = c.relnamespace
  left join pg_tablespace ts on ts.oid = c.reltablespace
  left join pg_am am on am.oid = c.relam
  ${joinComment("o", "pg_class", "c.oid")}
  where n.nspname = any($1::text[]) and c.relkind in ('r', 'p', 'f', 'v', 'm', 'S') and c.relpersistence <> 't'
    and ${notOfExtension("pg_class", "c.oid")}
  order by n.nspname, c.relname`;

type Raw = { readonly [Key in keyof RelationRow]: Key extends "parents" | "foreign" | "uses" | "sequence" ? string | null : RelationRow[Key] };

/** Every table, view and sequence of the schemas that no extension owns, sorted by name. */
export async function readRelations(session: Queryable, schemas: readonly string[]): Promise<readonly RelationRow[]> {
  const rows = await session.query<Raw>(RELATIONS_SQL, [schemas]);
  return rows.map((row) => ({
    ...row,
    parents: JSON.parse(row.parents ?? "[]") as RelationRow["parents"],
    uses: JSON.parse(row.uses ?? "[]") as RelationRow["uses"],
    foreign: JSON.parse(row.foreign ?? "null") as RelationRow["foreign"],
    sequence: JSON.parse(row.sequence ?? "null") as RelationRow["sequence"],
  }));
}
