import { changeColumn, changeTable } from "../schema/change-schema.js";
import type { Column, Identity } from "../schema/column.js";
import { quoteIdentifier } from "../schema/identifier.js";
import { displayName, type ObjectName } from "../schema/object-name.js";
import { identityClause } from "./column-clause.js";
import { afterSequence } from "./column-statements.js";
import type { OperationRules } from "./operation-rules.js";
import { goOn } from "./sequence-existence.js";

/** Makes a column an identity column, makes it an ordinary one, or changes how it counts. It stays NOT NULL. */
export interface AlterColumnIdentity {
  readonly kind: "alter column identity";
  readonly table: ObjectName;
  /** The column with the identity that it has before and after. */
  readonly from: Column;
  readonly to: Column;
}

export const alterColumnIdentity: OperationRules<AlterColumnIdentity> = {
  invert: (operation) => ({ ...operation, from: operation.to, to: operation.from }),
  describe: ({ table, from, to }) =>
    `alter column ${displayName(table)}.${from.name}: ${inWords(from.identity)} becomes ${inWords(to.identity)}`,
  toSql: ({ table, from, to }, naming) => {
    const alter = `alter table ${naming(table)} alter column ${quoteIdentifier(to.name)}`;
    if (to.identity === null) return [`${alter} drop identity`];
    if (from.identity === null) {
      const { sequence } = to.identity;
      return [`${alter} add ${identityClause(table, to, naming)}`, goOn(sequence, table, to.name, naming), ...afterSequence(sequence, naming)];
    }
    const changes = changesOf(from.identity, to.identity);
    return changes.length === 0 ? [] : [`${alter} ${changes.join(" ")}`];
  },
  apply: ({ table, to }, schema) =>
    changeTable(schema, table, (each) => changeColumn(each, to.name, (old) => ({ ...old, identity: to.identity }))),
};

function changesOf(from: Identity, to: Identity): readonly string[] {
  const [before, after] = [from.options, to.options];
  return [
    from.generation === to.generation ? "" : `set generated ${to.generation}`,
    before.increment === after.increment ? "" : `set increment by ${after.increment}`,
    before.minimum === after.minimum ? "" : `set minvalue ${after.minimum}`,
    before.maximum === after.maximum ? "" : `set maxvalue ${after.maximum}`,
    before.start === after.start ? "" : `set start with ${after.start}`,
    before.cache === after.cache ? "" : `set cache ${after.cache}`,
    before.cycle === after.cycle ? "" : `set ${after.cycle ? "cycle" : "no cycle"}`,
  ].filter((change) => change !== "");
}

function inWords(identity: Identity | null): string {
  return identity === null ? "no identity" : `identity ${identity.generation}`;
}
