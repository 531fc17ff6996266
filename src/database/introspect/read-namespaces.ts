import type { Extension } from "../../schema/extension.js";
import type { Namespace } from "../../schema/schema.js";
import type { Queryable } from "../queryable.js";
import { grantsOf, notOfExtension } from "./catalogue-sql.js";

interface Row {
  readonly kind: "namespace" | "extension";
  readonly name: string;
  readonly owner: string;
  readonly grants: string[];
  readonly comment: string | null;
  readonly schema: string;
  readonly version: string;
  readonly owns: string;
}

export const NAMESPACES_SQL = `
  select 'namespace' as kind, n.nspname::text as name, pg_get_userbyid(n.nspowner)::text as owner,
    ${grantsOf("n.nspacl")} as grants, obj_description(n.oid, 'pg_namespace') as comment,
    '' as schema, '' as version, '' as owns
  from pg_namespace n
  where n.nspname !~ '^pg_' and n.nspname <> 'information_schema' and ${notOfExtension("pg_namespace", "n.oid")}
  union all
  select 'extension', x.extname::text, '', '{}', null, n.nspname::text, x.extversion,
    coalesce((
      select json_agg(json_build_object('kind', o.kind, 'schema', o.schema, 'name', o.name) order by o.kind, o.schema, o.name)
      from (
        select 'relation' as kind, cn.nspname as schema, c.relname as name from pg_depend d
        join pg_class c on c.oid = d.objid join pg_namespace cn on cn.oid = c.relnamespace
        where d.classid = 'pg_class'::regclass and d.refclassid = 'pg_extension'::regclass and d.refobjid = x.oid and d.deptype = 'e'
          and c.relkind in ('r', 'p', 'v', 'm', 'S', 'f')
        union all
        select 'type', tn.nspname, t.typname from pg_depend d
        join pg_type t on t.oid = d.objid join pg_namespace tn on tn.oid = t.typnamespace
        where d.classid = 'pg_type'::regclass and d.refclassid = 'pg_extension'::regclass and d.refobjid = x.oid and d.deptype = 'e'
          and t.typcategory <> 'A' and t.typtype <> 'm'
      ) o), '[]')::text
  from pg_extension x join pg_namespace n on n.oid = x.extnamespace
  order by 1, 2`;

/** The user's schemas (those asked for, or all) and every extension. */
export async function readNamespaces(
  session: Queryable,
  schemas: readonly string[] | undefined,
): Promise<{ readonly namespaces: readonly Namespace[]; readonly extensions: readonly Extension[] }> {
  const rows = await session.query<Row>(NAMESPACES_SQL);
  return {
    namespaces: rows
      .filter((row) => row.kind === "namespace" && (schemas === undefined || schemas.includes(row.name)))
      .map(({ name, owner, grants, comment }) => ({ name, owner, grants, comment })),
    extensions: rows
      .filter((row) => row.kind === "extension")
      .map(({ name, schema, version, owns }) => ({
        name,
        schema,
        version,
        owns: JSON.parse(owns) as Extension["owns"],
      })),
  };
}
