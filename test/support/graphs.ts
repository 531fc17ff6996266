import * as fc from "fast-check";
import { buildGraph } from "../../src/graph/build-graph.js";
import type { Graph, GraphInput } from "../../src/graph/graph.js";

/**
 * Reads a graph drawn as lines `id <- parents (label) dependsOn ids`, in order of creation:
 *
 *     a
 *     b <- a
 *     c <- a (shop)
 *     d <- b c
 *     n <- c needs a2
 */
export function draw(text: string): GraphInput[] {
  return text
    .trim()
    .split("\n")
    .map((line, index) => {
      const [, revision = "", parents = "", label, needs = ""] = /^\s*(\S+)(?: <-((?: (?!needs)[^\s(]+)+))?(?: \((\S+)\))?(?: needs((?: \S+)+))?\s*$/.exec(line) ?? [];
      if (revision === "") throw new Error(`not a line of a graph: ${line}`);
      const words = (list: string): string[] => list.split(" ").filter((word) => word !== "");
      const created = new Date(Date.UTC(2026, 0, 1) + index * 1000).toISOString().replace(".000Z", "Z");
      return { revision, parents: words(parents), dependsOn: words(needs), labels: label === undefined ? [] : [label], created, message: `about ${revision}` };
    });
}

/** Builds a drawn graph; the lines are shuffled first, since their order must be of no consequence. */
export function graphOf(text: string): Graph {
  return buildGraph(draw(text).toReversed());
}

export interface RandomHistory {
  readonly inputs: readonly GraphInput[];
  readonly graph: Graph;
}

/** Random sound graphs of up to `size` revisions, with forks, merges, several bases, labels and dependencies. */
export function randomHistories(size = 12): fc.Arbitrary<RandomHistory> {
  const revision = fc.record({
    parents: fc.array(fc.nat(), { maxLength: 3 }),
    needs: fc.array(fc.nat(), { maxLength: 2 }),
    isBase: fc.boolean(),
    isLabelled: fc.boolean(),
    second: fc.nat({ max: 5 }),
  });
  return fc.array(revision, { minLength: 1, maxLength: size }).map((drafts) => {
    const inputs = drafts.map(({ parents, needs, isBase, isLabelled, second }, index): GraphInput => {
      const pick = (list: readonly number[]): string[] => (index === 0 ? [] : [...new Set(list.map((number) => `r${number % index}`))]);
      const own = isBase ? [] : pick(parents.length === 0 ? [index - 1] : parents);
      return {
        revision: `r${index}`,
        parents: own,
        dependsOn: pick(needs).filter((id) => !own.includes(id)),
        labels: isLabelled ? [`label${index}`] : [],
        created: `2026-01-01T00:00:0${second}Z`,
      };
    });
    return { inputs, graph: buildGraph(inputs) };
  });
}
