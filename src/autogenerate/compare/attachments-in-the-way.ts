import type { Policy, Trigger } from "../../schema/attachment.js";
import { quoteIdentifier } from "../../schema/identifier.js";
import { displayName, type ObjectName } from "../../schema/object-name.js";
import { findByName, type Schema } from "../../schema/schema.js";
import { sqlTokens } from "../../schema/sql-tokens.js";

/** The policies and triggers that name a column, so that PostgreSQL neither drops it nor changes its type. In words: `policy p of t`. */
export function attachmentsInTheWay(name: ObjectName, column: string, schema: Schema): readonly string[] {
  const table = findByName(schema.tables, name);
  if (table === undefined) return [];
  const own = quoteIdentifier(column);
  return [
    ...table.policies.filter((policy) => policyReads(policy, own)).map((policy) => `policy ${policy.name} of ${displayName(name)}`),
    ...table.triggers.filter((trigger) => triggerReads(trigger, own)).map((trigger) => `trigger ${trigger.name} of ${displayName(name)}`),
  ];
}

function policyReads({ using, check }: Policy, column: string): boolean {
  return [using, check].some((expression) => expression !== null && sqlTokens(expression).includes(column));
}

/** Whether the table is partitioned by the column, or by something of it. */
export function isPartitionedBy(table: ObjectName, column: string, schema: Schema): boolean {
  return sqlTokens(findByName(schema.tables, table)?.partitionBy ?? "").includes(quoteIdentifier(column));
}

/** In its `UPDATE OF` or its `WHEN`; elsewhere the column's name may be the trigger's or function's own. */
function triggerReads({ definition }: Trigger, column: string): boolean {
  const tokens = sqlTokens(definition).filter((token) => token.trim() !== "");
  const first = tokens.indexOf("OF");
  const listed = first === -1 ? [] : tokens.slice(first, tokens.indexOf("ON", first));
  const isRow = (token: string | undefined): boolean => token === "new" || token === "old";
  return listed.includes(column) || tokens.some((token, place) => token === column && tokens[place - 1] === "." && isRow(tokens[place - 2]));
}
