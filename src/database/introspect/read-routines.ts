import type { Routine } from "../../schema/routine.js";
import type { Queryable } from "../queryable.js";
import { grantsOf, notOfExtension } from "./catalogue-sql.js";

export const ROUTINES_SQL = `
  select n.nspname::text as schema, p.proname::text as name, pg_get_userbyid(p.proowner)::text as owner,
    ${grantsOf("p.proacl")} as grants, obj_description(p.oid, 'pg_proc') as comment,
    case p.prokind when 'p' then 'procedure' when 'w' then 'window function' when 'a' then 'aggregate' else 'function' end as kind,
    pg_get_function_identity_arguments(p.oid) as arguments,
    case when p.prokind <> 'a' then pg_get_functiondef(p.oid)
      else (select (to_jsonb(g) || jsonb_build_object('aggtranstype', format_type(g.aggtranstype, null),
          'aggmtranstype', format_type(nullif(g.aggmtranstype, 0), null), 'aggsortop', nullif(g.aggsortop, 0)::regoperator::text,
          'result', format_type(p.prorettype, null), 'parallel', p.proparallel) - 'aggfnoid')::text
        from pg_aggregate g where g.aggfnoid = p.oid) end as definition
  from pg_proc p
  join pg_namespace n on n.oid = p.pronamespace and n.nspname = any($1::text[])
  where ${notOfExtension("pg_proc", "p.oid")}
    and not exists (select from pg_depend d where d.classid = 'pg_proc'::regclass and d.objid = p.oid and d.deptype = 'i')
  order by n.nspname, p.proname, 7`;

/** The functions, procedures and aggregates of the schemas that no extension or type owns. */
export async function readRoutines(session: Queryable, schemas: readonly string[]): Promise<readonly Routine[]> {
  return session.query<Routine>(ROUTINES_SQL, [schemas]);
}
