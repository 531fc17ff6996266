import type { ObjectName } from "../../schema/object-name.js";
import type { OtherObject } from "../../schema/schema.js";
import type { CompositeType, DomainCheck, DomainType, EnumType, TypeUse } from "../../schema/type.js";
import type { Queryable } from "../queryable.js";
import { grantsOf, notOfExtension } from "./catalogue-sql.js";

interface Row extends Pick<EnumType, "schema" | "name" | "owner" | "grants" | "comment" | "values"> {
  readonly kind: "e" | "d" | "c" | "r";
  readonly base: string | null;
  readonly nullable: boolean;
  readonly default: string | null;
  readonly collation: string | null;
  readonly details: string | null;
}

/** The dependent hangs on a column of the type `t` or of arrays of it: whatever happens to that column happens to it. */
const readsColumn = (dependent: string): string => `exists (select from pg_depend c join pg_attribute a on a.attrelid = c.refobjid and a.attnum = c.refobjsubid
    where c.classid = ${dependent}.classid and c.objid = ${dependent}.objid and c.refclassid = 'pg_class'::regclass and a.atttypid in (t.oid, t.typarray))`;

/** What leans on the function `d` and is not dropped together with it. */
const LEANS_ON_ROUTINE = `select from pg_depend l where l.refclassid = d.classid and l.refobjid = d.objid
    and not (l.classid in ('pg_constraint'::regclass, 'pg_class'::regclass, 'pg_attrdef'::regclass) and ${readsColumn("l")})`;

/** For a view not its rule, but the view itself; no functions that a range type brings along. */
const USED_BY = `select json_agg(json_build_object('kind', u.kind, 'schema', u.schema, 'name', u.name, 'isRoutine', u.routine) order by u.kind, u.schema, u.name) from (
    select distinct i.type as kind, case when p.oid is not null or i.name is not null then i.schema else '' end as schema,
      coalesce(p.proname || '(' || pg_get_function_identity_arguments(p.oid) || ')', i.name, i.identity) as name,
      p.oid is not null and p.prokind <> 'a' and p.prosqlbody is null and not p.prosecdef and not exists (${LEANS_ON_ROUTINE}) as routine
    from (select * from pg_depend d where d.refclassid = 'pg_type'::regclass and d.refobjid in (t.oid, t.typarray) and d.deptype in ('n', 'a')
      and not (d.classid = 'pg_attrdef'::regclass and ${readsColumn("d")}) offset 0) d
    left join pg_proc p on d.classid = 'pg_proc'::regclass and p.oid = d.objid
    left join pg_rewrite w on d.classid = 'pg_rewrite'::regclass and w.oid = d.objid
    left join pg_class r on d.classid = 'pg_class'::regclass and r.oid = d.objid
    cross join lateral pg_identify_object(case when w.oid is null then d.classid else 'pg_class'::regclass end, coalesce(w.ev_class, d.objid), 0) i
    where (r.relkind is null or r.relkind in ('c', 'i', 'I'))
      and not exists (select from pg_type domain where d.classid = 'pg_type'::regclass and domain.oid = d.objid and domain.typtype = 'd')
      and not exists (select from pg_constraint k where d.classid = 'pg_constraint'::regclass and k.oid = d.objid and k.contypid <> 0)
      and not exists (select from pg_depend own where p.oid is not null and own.classid = d.classid and own.objid = d.objid and own.deptype = 'i')
      and not ${readsColumn("d")}) u`;

export const TYPES_SQL = `
  select t.typtype::text as kind, n.nspname::text as schema, t.typname::text as name, pg_get_userbyid(t.typowner)::text as owner,
    ${grantsOf("t.typacl")} as grants, obj_description(t.oid, 'pg_type') as comment,
    array(select v.enumlabel::text from pg_enum v where v.enumtypid = t.oid order by v.enumsortorder) as values,
    case when t.typtype = 'd' then format_type(t.typbasetype, t.typtypmod) end as base, not t.typnotnull as nullable,
    case when t.typtype = 'd' then pg_get_expr(t.typdefaultbin, 0) end as default,
    case when t.typtype = 'd' and t.typcollation <> b.typcollation then t.typcollation::regcollation::text end as collation,
    case t.typtype
      when 'e' then (${USED_BY})
      when 'd' then (select json_agg(json_build_object('name', k.conname, 'expression', pg_get_expr(k.conbin, 0),
          'validated', k.convalidated) order by k.conname)
        from pg_constraint k where k.contypid = t.oid and k.contype = 'c')
      when 'c' then (select json_agg(json_build_object('name', a.attname, 'type', format_type(a.atttypid, a.atttypmod),
          'collation', case when a.attcollation <> at.typcollation then a.attcollation::regcollation::text end) order by a.attnum)
        from pg_attribute a join pg_type at on at.oid = a.atttypid
        where a.attrelid = t.typrelid and a.attnum > 0 and not a.attisdropped)
      when 'r' then (select json_build_object('subtype', format_type(r.rngsubtype, null), 'operatorClass', oc.opcname,
          'collation', nullif(r.rngcollation, 0)::regcollation::text, 'canonical', r.rngcanonical, 'difference', r.rngsubdiff,
          'multirange', format_type(r.rngmultitypid, null))
        from pg_range r join pg_opclass oc on oc.oid = r.rngsubopc where r.rngtypid = t.oid)
    end::text as details
  from pg_type t
  join pg_namespace n on n.oid = t.typnamespace and n.nspname = any($1::text[])
  left join pg_type b on b.oid = t.typbasetype
  left join pg_class c on c.oid = t.typrelid
  where (t.typtype in ('e', 'd', 'r') or t.typtype = 'c' and c.relkind = 'c') and ${notOfExtension("pg_type", "t.oid")}
  order by n.nspname, t.typname`;

/** The types that users make. Range types are told apart by their definition only. */
export interface ReadTypes {
  readonly enums: readonly EnumType[];
  readonly domains: readonly DomainType[];
  readonly composites: readonly CompositeType[];
  readonly ranges: readonly (OtherObject & ObjectName)[];
}

/** The types of the schemas that no extension owns, sorted by name. */
export async function readTypes(session: Queryable, schemas: readonly string[]): Promise<ReadTypes> {
  const rows = await session.query<Row>(TYPES_SQL, [schemas]);
  const own = ({ schema, name, owner, grants, comment }: Row) => ({ schema, name, owner, grants, comment });
  const details = (row: Row): unknown => JSON.parse(row.details ?? "[]");
  return {
    enums: rows.filter((row) => row.kind === "e").map((row) => ({ ...own(row), values: row.values, usedBy: details(row) as readonly TypeUse[] })),
    domains: rows
      .filter((row) => row.kind === "d")
      .map((row) => ({
        ...own(row),
        type: row.base ?? "",
        nullable: row.nullable,
        default: row.default,
        collation: row.collation,
        checks: details(row) as readonly DomainCheck[],
      })),
    composites: rows
      .filter((row) => row.kind === "c")
      .map((row) => ({ ...own(row), attributes: details(row) as CompositeType["attributes"] })),
    ranges: rows
      .filter((row) => row.kind === "r")
      .map((row) => ({ ...own(row), kind: "range type", definition: row.details ?? "" })),
  };
}
