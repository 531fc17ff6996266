import type { ObjectName } from "../../schema/object-name.js";
import type { SequenceOptions } from "../../schema/sequence.js";
import type { Queryable } from "../queryable.js";
import { grantsOf, joinComment, notOfExtension, optionsOf } from "./catalogue-sql.js";

/** What most relations have nothing of: sent together, where there is any of it, because rows are many and each field of each costs. */
interface Unusual {
  readonly unlogged: boolean;
  readonly grants: readonly string[];
  readonly comment: string | null;
  readonly options: readonly string[];
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
}

const USUAL: Unusual = {
  unlogged: false, grants: [], comment: null, options: [], tablespace: null, accessMethod: null, rowSecurity: "off", replicaIdentity: "default",
  partitionBy: null, bound: null, parents: [], foreign: null, viewDefinition: null, uses: [],
};

/** A row of `pg_class`: what tables, views and sequences have in common, and what is asked of one kind only. */
export interface RelationRow extends ObjectName, Unusual {
  readonly id: string;
  /** `pg_class.relkind`: r, p, f, v, m or S. */
  readonly kind: string;
  readonly owner: string;
  readonly sequence:
    | (SequenceOptions & { readonly table: ObjectName | null; readonly column: string | null; readonly internal: boolean })
    | null;
}

/** As it is sent, with {@link Unusual} and the sequence as JSON. */
type Row = Pick<RelationRow, "id" | "schema" | "name" | "kind" | "owner"> & { readonly unusual: string | null; readonly sequence: string | null };

export const RELATIONS_SQL = `
  select c.oid::text as id, n.nspname::text as schema, c.relname::text as name, c.relkind::text as kind, pg_get_userbyid(c.relowner)::text as owner,
    case when c.relkind not in ('r', 'S') or c.relpersistence = 'u' or c.relacl is not null or o.description is not null or c.reloptions is not null
        or ts.spcname is not null or am.amname <> current_setting('default_table_access_method') or c.relrowsecurity or c.relforcerowsecurity
        or c.relkind <> 'S' and c.relreplident <> 'd' or c.relispartition or exists (select from pg_inherits h where h.inhrelid = c.oid)
      then json_build_object(
        'unlogged', c.relpersistence = 'u', 'grants', ${grantsOf("c.relacl")}, 'comment', o.description, 'options', ${optionsOf("c.reloptions")},
        'tablespace', ts.spcname, 'accessMethod', nullif(am.amname::text, current_setting('default_table_access_method')),
        'rowSecurity', case when c.relforcerowsecurity then 'forced' when c.relrowsecurity then 'on' else 'off' end,
        'replicaIdentity', case c.relreplident when 'd' then 'default' when 'n' then 'nothing' when 'f' then 'full'
          else (select ic.relname::text from pg_index i join pg_class ic on ic.oid = i.indexrelid where i.indrelid = c.oid and i.indisreplident) end,
        'partitionBy', case when c.relkind = 'p' then pg_get_partkeydef(c.oid) end,
        'bound', case when c.relispartition then pg_get_expr(c.relpartbound, c.oid) end,
        'parents', coalesce((select json_agg(json_build_object('schema', pn.nspname, 'name', p.relname) order by h.inhseqno)
          from pg_inherits h join pg_class p on p.oid = h.inhparent join pg_namespace pn on pn.oid = p.relnamespace where h.inhrelid = c.oid), '[]'),
        'foreign', case when c.relkind = 'f' then (select json_build_object('server', s.srvname, 'options', coalesce(f.ftoptions, '{}'))
          from pg_foreign_table f join pg_foreign_server s on s.oid = f.ftserver where f.ftrelid = c.oid) end,
        'viewDefinition', case when c.relkind in ('v', 'm') then pg_get_viewdef(c.oid) end,
        'uses', coalesce(case when c.relkind in ('v', 'm') then (
          select json_agg(json_build_object('schema', u.schema, 'name', u.name, 'column', u.column) order by u.schema, u.name, u.column) from (
            select distinct un.nspname as schema, uc.relname as name, ua.attname as column
            from pg_rewrite w join pg_depend d on d.classid = 'pg_rewrite'::regclass and d.objid = w.oid
              and d.refclassid = 'pg_class'::regclass and d.refobjsubid > 0
            join pg_class uc on uc.oid = d.refobjid join pg_namespace un on un.oid = uc.relnamespace
            join pg_attribute ua on ua.attrelid = d.refobjid and ua.attnum = d.refobjsubid
            where w.ev_class = c.oid and w.rulename = '_RETURN') u) end, '[]'))::text end as unusual,
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

/** Every table, view and sequence of the schemas that no extension owns, sorted by name. */
export async function readRelations(session: Queryable, schemas: readonly string[]): Promise<readonly RelationRow[]> {
  return (await session.query<Row>(RELATIONS_SQL, [schemas])).map(build);
}

// Each property by its name: of objects put together by spreading, each of thousands would have a shape of its own in V8.
function build(row: Row): RelationRow {
  const unusual = row.unusual === null ? USUAL : (JSON.parse(row.unusual) as Unusual);
  const { unlogged, grants, comment, options, tablespace, accessMethod, rowSecurity, replicaIdentity, partitionBy, bound, parents, foreign, viewDefinition, uses } = unusual;
  const { id, schema, name, kind, owner } = row;
  const sequence = row.sequence === null ? null : (JSON.parse(row.sequence) as RelationRow["sequence"]);
  return {
    id, schema, name, kind, owner, unlogged, grants, comment, options, tablespace, accessMethod, rowSecurity, replicaIdentity, partitionBy, bound, parents,
    foreign, viewDefinition, uses, sequence,
  };
}
