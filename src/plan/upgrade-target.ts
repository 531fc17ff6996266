import { command, GmigError } from "../errors.js";
import { findBranch } from "../graph/find-node.js";
import type { Graph, Node } from "../graph/graph.js";
import { lineage } from "../graph/reach.js";
import { currentNodes, type NameContext, resolveNodes, resolveOne } from "../graph/resolve.js";
import { parseRevisionName, type RevisionName } from "../graph/revision-name.js";
import { type Place, walkDown, walkUp } from "../graph/walk.js";
import type { AppliedState } from "./applied-state.js";

/** Where `+N` counts from on a branch: its row, else the highest applied revisions of its lineage, else the base. */
function startsOnBranch(graph: Graph, branch: string, state: AppliedState): readonly Place[] {
  const within = lineage(findBranch(graph, branch));
  const rows = currentNodes(graph, branch, state);
  if (rows.length > 0) return rows;
  const applied = [...state.known].filter((node) => within.has(node));
  const covered = new Set(applied.flatMap(({ parents, dependencies }) => [...parents, ...dependencies]));
  const tips = applied.filter((node) => !covered.has(node));
  return tips.length > 0 ? tips : [null];
}

function startFromRows(graph: Graph, name: RevisionName, state: AppliedState): Place {
  const { branch } = name;
  const starts: readonly Place[] = branch !== null ? startsOnBranch(graph, branch, state) : state.rows.length > 0 ? currentNodes(graph, null, state) : [null];
  if (starts.length === 1) return starts[0] ?? null;
  const ids = starts.flatMap((node) => node?.revision ?? []);
  throw new GmigError("STEP_AMBIGUOUS", `${name.text} is ambiguous: it could count from ${ids.join(" or ")}`, {
    hint: command`gmig upgrade ${ids[0] ?? ""}${name.offset === null || name.offset < 0 ? "" : `+${name.offset}`}`,
    data: { name: name.text, rows: ids },
  });
}

/**
 * Resolves the target of an upgrade: the revision names and `[BRANCH@][SYMBOL]±N`, where `+N` alone counts from the current rows.
 *
 * @throws GmigError STEP_OUT_OF_RANGE, STEP_AMBIGUOUS, UNKNOWN_APPLIED, and what `resolve` throws.
 */
export function resolveUpgradeTarget(graph: Graph, target: string, state: AppliedState, context: NameContext): readonly Node[] {
  const name = parseRevisionName(target);
  const { branch, symbol, offset, text } = name;
  if (offset === null) return resolveNodes(graph, name, context);
  if (symbol === null && offset < 0) {
    throw new GmigError("STEP_OUT_OF_RANGE", `${text} counts down from the current rows, which an upgrade cannot do`, { hint: command`gmig downgrade ${text}`, data: { name: text } });
  }
  const from = symbol === null ? startFromRows(graph, name, state) : resolveOne(graph, offset > 0 ? { ...name, branch: null } : name, context);
  const place = offset > 0 ? walkUp(graph, from, offset, text, branch) : walkDown(from, -offset, text);
  return place === null ? [] : [place];
}
