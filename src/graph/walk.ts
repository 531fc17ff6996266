import { GmigError } from "../errors.js";
import { findBranch } from "./find-node.js";
import { type Graph, idsOf, type Node } from "./graph.js";
import { lineage } from "./reach.js";

/** A place to stand: a revision, or null for the empty set beneath every base. */
export type Place = Node | null;

/** Where a walk ends when the graph does: at the last place there is, or with an error. */
export type Overrun = "stop" | "throw";

function label(place: Place): string {
  return place?.revision ?? "base";
}

function outOfRange(name: string, from: Place): GmigError {
  return new GmigError("STEP_OUT_OF_RANGE", `${name} leads out of the graph: there are fewer revisions than that from ${label(from)}`, {
    hint: "gmig history",
    data: { name, from: from?.revision ?? null },
  });
}

function ambiguousStep(name: string, at: Place, choices: readonly Node[], what: string): GmigError {
  const ids = idsOf(choices);
  return new GmigError("STEP_AMBIGUOUS", `${name} is ambiguous: ${label(at)} has ${what} ${ids.join(" and ")}`, { hint: "name the revision", data: { name, at: at?.revision ?? null, choices: ids } });
}

/**
 * Goes up by parent edges, on the branch where one is named.
 *
 * @throws GmigError STEP_AMBIGUOUS at a fork, STEP_OUT_OF_RANGE behind the last revision.
 */
export function walkUp(graph: Graph, from: Place, steps: number, name: string, branch: string | null): Place {
  const within = branch === null ? null : lineage(findBranch(graph, branch));
  let at = from;
  for (let step = 0; step < steps; step++) {
    const all = at === null ? [...graph.nodes.values()].filter(({ parents }) => parents.length === 0) : at.children;
    const choices: readonly Node[] = within === null ? all : all.filter((node) => within.has(node));
    if (choices.length > 1) throw ambiguousStep(name, at, choices, at === null ? "the bases" : "the children");
    if (choices[0] === undefined) throw outOfRange(name, from);
    at = choices[0];
  }
  return at;
}

/**
 * Goes down by parent edges; the last step may lead beneath the base (null).
 *
 * @throws GmigError STEP_AMBIGUOUS at a merge revision, STEP_OUT_OF_RANGE beneath the base unless the walk stops there.
 */
export function walkDown(from: Place, steps: number, name: string, overrun: Overrun = "throw"): Place {
  let at = from;
  for (let step = 0; step < steps; step++) {
    if (at === null) {
      if (overrun === "stop") return null;
      throw outOfRange(name, from);
    }
    if (at.parents.length > 1) throw ambiguousStep(name, at, at.parents, "the parents");
    at = at.parents[0] ?? null;
  }
  return at;
}
