import type { Policy, Rule, Trigger } from "../../schema/attachment.js";
import type { Queryable } from "../queryable.js";
import { groupByRelation } from "./catalogue-sql.js";

/** What hangs on a table or view by name, told apart by `type`. */
export type Attachment =
  | { readonly type: "trigger"; readonly attachment: Trigger }
  | { readonly type: "rule"; readonly attachment: Rule }
  | { readonly type: "policy"; readonly attachment: Policy };

interface Row extends Policy, Trigger {
  readonly relation: string;
  readonly type: Attachment["type"];
}

const ENABLED = (code: string): string =>
  `case ${code} when 'D' then 'disabled' when 'R' then 'replica' when 'A' then 'always' else 'origin' end`;

export const ATTACHMENTS_SQL = `
  with relation as (
    select c.oid from pg_class c join pg_namespace n on n.oid = c.relnamespace where n.nspname = any($1::text[])
  )
  select t.tgrelid::text as relation, 'trigger' as type, t.tgname::text as name, pg_get_triggerdef(t.oid) as definition,
    ${ENABLED("t.tgenabled")} as enabled, obj_description(t.oid, 'pg_trigger') as comment,
    null as command, null::bool as permissive, null::text[] as roles, null as using, null as check
  from pg_trigger t join relation r on r.oid = t.tgrelid
  where not t.tgisinternal and t.tgparentid = 0
  union all
  select w.ev_class::text, 'rule', w.rulename::text, pg_get_ruledef(w.oid), ${ENABLED("w.ev_enabled")},
    obj_description(w.oid, 'pg_rewrite'), null, null, null, null, null
  from pg_rewrite w join relation r on r.oid = w.ev_class
  where w.rulename <> '_RETURN'
  union all
  select p.polrelid::text, 'policy', p.polname::text, null, null, obj_description(p.oid, 'pg_policy'),
    case p.polcmd when 'r' then 'select' when 'a' then 'insert' when 'w' then 'update' when 'd' then 'delete' else 'all' end,
    p.polpermissive,
    array(select case when x = 0 then 'public' else pg_get_userbyid(x)::text end from unnest(p.polroles) x order by 1),
    pg_get_expr(p.polqual, p.polrelid), pg_get_expr(p.polwithcheck, p.polrelid)
  from pg_policy p join relation r on r.oid = p.polrelid
  order by 1, 2, 3`;

/** Triggers, rules and policies by relation, sorted by name. */
export async function readAttachments(
  session: Queryable,
  schemas: readonly string[],
): Promise<ReadonlyMap<string, readonly Attachment[]>> {
  return groupByRelation(await session.query<Row>(ATTACHMENTS_SQL, [schemas]), (row): Attachment => {
    const { name, comment, definition, enabled } = row;
    if (row.type !== "policy") return { type: row.type, attachment: { name, definition, enabled, comment } };
    const { command, permissive, roles, using, check } = row;
    return { type: "policy", attachment: { name, command, permissive, roles, using, check, comment } };
  });
}
