import type { Policy, Trigger } from "../schema/attachment.js";
import { inParentheses } from "../schema/expression.js";
import { quoteIdentifier } from "../schema/identifier.js";
import { quoteLiteral } from "../schema/literal.js";
import type { Table } from "../schema/table.js";

const ENABLE: Readonly<Record<Trigger["enabled"], string | null>> = {
  origin: null,
  disabled: "disable",
  replica: "enable replica",
  always: "enable always",
};

/** Restores what gmig itself never makes or changes: row security, policies, triggers, rules, replica identity. `name` is the table in SQL. */
export function attachmentStatements(table: Table, name: string): readonly string[] {
  const comment = (kind: string, { name: own, comment }: { readonly name: string; readonly comment: string | null }) =>
    comment === null ? [] : [`comment on ${kind} ${quoteIdentifier(own)} on ${name} is ${quoteLiteral(comment)}`];
  const enable = (kind: string, { name: own, enabled }: { readonly name: string; readonly enabled: Trigger["enabled"] }) =>
    ENABLE[enabled] === null ? [] : [`alter table ${name} ${ENABLE[enabled]} ${kind} ${quoteIdentifier(own)}`];
  return [
    ...(table.rowSecurity === "off" ? [] : [`alter table ${name} enable row level security`]),
    ...(table.rowSecurity === "forced" ? [`alter table ${name} force row level security`] : []),
    ...table.policies.flatMap((policy) => [createPolicy(policy, name), ...comment("policy", policy)]),
    ...table.triggers.flatMap((each) => [each.definition, ...enable("trigger", each), ...comment("trigger", each)]),
    ...table.rules.flatMap((each) => [
      each.definition.replace(/;\s*$/, ""),
      ...enable("rule", each),
      ...comment("rule", each),
    ]),
    ...replicaIdentity(table, name),
  ];
}

function createPolicy({ name, command, permissive, roles, using, check }: Policy, table: string): string {
  return [
    `create policy ${quoteIdentifier(name)} on ${table}`,
    permissive ? "" : "as restrictive",
    command === "all" ? "" : `for ${command}`,
    roles.join() === "public" ? "" : `to ${roles.map((role) => (role === "public" ? role : quoteIdentifier(role))).join(", ")}`,
    using === null ? "" : `using ${inParentheses(using)}`,
    check === null ? "" : `with check ${inParentheses(check)}`,
  ]
    .filter((part) => part !== "")
    .join(" ");
}

function replicaIdentity({ replicaIdentity }: Table, name: string): readonly string[] {
  if (replicaIdentity === "default") return [];
  const how = ["full", "nothing"].includes(replicaIdentity) ? replicaIdentity : `using index ${quoteIdentifier(replicaIdentity)}`;
  return [`alter table ${name} replica identity ${how}`];
}
