import type { OtherObject } from "../../schema/schema.js";
import type { Queryable } from "../queryable.js";
import { notOfExtension } from "./catalogue-sql.js";

/** The first oid that a user's object can have. */
const FIRST_OWN = 16384;

/** `kind`, the catalogue, its alias, the name, the definition, and which rows; schema-bound kinds see `n.nspname = any($1)`. */
function part(kind: string, catalogue: string, name: string, definition: string, from: string): string {
  return `select '${kind}' as kind, ${name} as name, ${definition} as definition, obj_description(o.oid, '${catalogue}') as comment
    from ${catalogue} o ${from} and o.oid >= ${FIRST_OWN} and ${notOfExtension(catalogue, "o.oid")}`;
}

const inSchema = (column: string): string =>
  `join pg_namespace n on n.oid = o.${column} where n.nspname = any($1::text[])`;
const qualified = (column: string): string => `quote_ident(n.nspname) || '.' || quote_ident(o.${column})`;
const row = (without: string): string => `(to_jsonb(o) - '{oid,${without}}'::text[])::text`;

const PARTS = [
  part(
    "statistics",
    "pg_statistic_ext",
    qualified("stxname"),
    // Not pg_get_statisticsobjdef, which lists columns by their place in the table.
    `json_build_object('table', o.stxrelid::regclass, 'kinds', o.stxkind, 'target', nullif(o.stxstattarget, -1), 'columns', array(
      select a.attname from pg_attribute a where a.attrelid = o.stxrelid and a.attnum = any(o.stxkeys::int2[]) order by 1),
      'expressions', pg_get_statisticsobjdef_expressions(o.oid))::text`,
    inSchema("stxnamespace"),
  ),
  part("collation", "pg_collation", qualified("collname"), row("collnamespace,collowner,collversion"), inSchema("collnamespace")),
  part(
    "operator",
    "pg_operator",
    "o.oid::regoperator::text",
    `json_build_object('function', o.oprcode, 'result', format_type(o.oprresult, null), 'restrict', o.oprrest, 'join', o.oprjoin,
      'commutator', nullif(o.oprcom, 0)::regoperator::text, 'negator', nullif(o.oprnegate, 0)::regoperator::text,
      'hashes', o.oprcanhash, 'merges', o.oprcanmerge)::text`,
    inSchema("oprnamespace"),
  ),
  part(
    "text search configuration",
    "pg_ts_config",
    qualified("cfgname"),
    `(select json_agg(m.maptokentype || ' ' || m.mapdict::regdictionary::text order by m.maptokentype, m.mapseqno)
      from pg_ts_config_map m where m.mapcfg = o.oid)::text`,
    inSchema("cfgnamespace"),
  ),
  part("text search dictionary", "pg_ts_dict", qualified("dictname"), "o.dictinitoption", inSchema("dictnamespace")),
  part(
    "cast",
    "pg_cast",
    "format_type(o.castsource, null) || ' as ' || format_type(o.casttarget, null)",
    "concat_ws(' ', nullif(o.castfunc, 0)::regprocedure::text, o.castcontext, o.castmethod)",
    "where true",
  ),
  part(
    "publication",
    "pg_publication",
    "o.pubname::text",
    `jsonb_build_object('options', to_jsonb(o) - '{oid,pubname,pubowner}'::text[], 'tables', (
      select json_agg(r.prrelid::regclass::text order by 1) from pg_publication_rel r where r.prpubid = o.oid))::text`,
    "where true",
  ),
  part(
    "event trigger",
    "pg_event_trigger",
    "o.evtname::text",
    "concat_ws(' ', o.evtevent, o.evtfoid::regprocedure::text, o.evtenabled, o.evttags::text)",
    "where true",
  ),
  part("foreign data wrapper", "pg_foreign_data_wrapper", "o.fdwname::text", row("fdwowner,fdwacl,fdwhandler,fdwvalidator"), "where true"),
  part("foreign server", "pg_foreign_server", "o.srvname::text", row("srvowner,srvacl,srvfdw"), "where true"),
  part(
    "default privileges",
    "pg_default_acl",
    "concat_ws(' ', pg_get_userbyid(o.defaclrole), nullif(o.defaclnamespace, 0)::regnamespace::text, o.defaclobjtype::text)",
    "o.defaclacl::text",
    "where true",
  ),
];

export const OTHERS_SQL = `${PARTS.join("\n  union all\n  ")}\n  order by 1, 2`;

/** Objects of kinds that gmig only tells apart, sorted by kind and name; those without a schema are read whatever `schemas` is. */
export async function readOthers(session: Queryable, schemas: readonly string[]): Promise<readonly OtherObject[]> {
  return session.query<OtherObject>(OTHERS_SQL, [schemas]);
}
