import * as fc from "fast-check";
import { suite } from "uvu";
import * as assert from "uvu/assert";
import { buildGraph } from "../../src/graph/build-graph.js";
import type { Graph } from "../../src/graph/graph.js";
import { ancestors } from "../../src/graph/reach.js";
import { readApplied, rowsOf } from "../../src/plan/applied-state.js";
import type { Plan } from "../../src/plan/plan.js";
import { planDowngrade } from "../../src/plan/plan-downgrade.js";
import { planStamp } from "../../src/plan/plan-stamp.js";
import { planUpgrade } from "../../src/plan/plan-upgrade.js";
import { randomHistories } from "../support/graphs.js";
import { runs } from "../support/series.js";

const test = suite("plan/laws");

/** A random history with a set of rows in it: the tops of some revisions' ancestors. */
const situations = fc.tuple(randomHistories(), fc.array(fc.nat(), { maxLength: 4 }), fc.nat()).map(([history, picks, target]) => {
  const ids = [...history.graph.nodes.keys()];
  const chosen = picks.flatMap((pick) => history.graph.nodes.get(ids[pick % ids.length] ?? "") ?? []);
  const applied = [...ancestors(chosen)].map(({ revision }) => ({ revision, parents: [], dependsOn: [] }));
  return { ...history, rows: rowsOf(history.graph, applied), target: ids[target % ids.length] ?? "" };
});

function appliedIds(graph: Graph, rows: readonly string[]): Set<string> {
  return new Set(readApplied(graph, { rows }).entries.keys());
}

/** Rows by their definition, the slow way: applied, and no other applied one descends from it. */
function rowsByDefinition(graph: Graph, applied: ReadonlySet<string>): string[] {
  return [...applied].filter((id) => ![...applied].some((other) => other !== id && [...ancestors(graph.nodes.get(other) ? [graph.nodes.get(other)!] : [])].some((node) => node.revision === id))).sort();
}

function checkSteps(graph: Graph, before: ReadonlySet<string>, plan: Plan): Set<string> {
  const applied = new Set(before);
  for (const { revision, direction, rows } of plan.steps) {
    const node = graph.nodes.get(revision);
    if (node === undefined) throw new Error(`${revision} is not in the graph`);
    if (direction === "up") {
      assert.not(applied.has(revision));
      for (const other of node.below) assert.ok(applied.has(other.revision), `${revision} before ${other.revision}`);
      applied.add(revision);
    } else {
      for (const other of node.above) assert.not(applied.has(other.revision), `${revision} before ${other.revision}`);
      assert.ok(applied.delete(revision));
    }
    assert.equal(rows, rowsByDefinition(graph, applied));
  }
  assert.equal(plan.rows, rowsByDefinition(graph, applied));
  return applied;
}

test("an upgrade applies the target and its ancestors and nothing else, beneath before above", () => {
  fc.assert(
    fc.property(situations, ({ graph, rows, target }) => {
      const before = appliedIds(graph, rows);
      const after = checkSteps(graph, before, planUpgrade(graph, { rows, target }));
      const wanted = [...ancestors([graph.nodes.get(target)!])].map(({ revision }) => revision);
      assert.equal([...after].sort(), [...new Set([...before, ...wanted])].sort());
    }),
    runs(100, 10_000),
  );
});

test("a downgrade leaves the target, and reverts above before beneath", () => {
  fc.assert(
    fc.property(situations, ({ graph, rows, target }) => {
      const before = appliedIds(graph, rows);
      if (!before.has(target)) return;
      const after = checkSteps(graph, before, planDowngrade(graph, { rows, target }));
      assert.ok(after.has(target));
      assert.not(graph.nodes.get(target)!.children.some(({ revision }) => after.has(revision)));
    }),
    runs(100, 10_000),
  );
});

test("up from the rows to the heads, then down one by one in reverse, returns to the start", () => {
  fc.assert(
    fc.property(situations, ({ graph, rows }) => {
      const up = planUpgrade(graph, { rows, target: "heads" });
      let now = up.rows;
      for (const { revision } of up.steps.toReversed()) {
        const state = readApplied(graph, { rows: now });
        const kept = [...state.entries.values()].filter((entry) => entry.revision !== revision);
        now = rowsOf(graph, kept);
      }
      assert.equal(now, rows);
      assert.equal(planDowngrade(graph, { rows: up.rows, target: "base" }).rows, []);
    }),
    runs(100, 10_000),
  );
});

test("the order of the input is of no consequence", () => {
  fc.assert(
    fc.property(situations, fc.infiniteStream(fc.nat()), ({ inputs, graph, rows }, stream) => {
      const shuffled = inputs.map((input) => ({ input, key: stream.next().value as number })).sort((a, b) => a.key - b.key);
      const other = buildGraph(shuffled.map(({ input }) => input));
      const steps = (plan: Plan): readonly string[] => plan.steps.map(({ revision, reason }) => `${revision} ${reason}`);
      assert.equal(steps(planUpgrade(other, { rows, target: "heads" })), steps(planUpgrade(graph, { rows, target: "heads" })));
      assert.equal(steps(planDowngrade(other, { rows, target: "base" })), steps(planDowngrade(graph, { rows, target: "base" })));
      assert.equal([...other.nodes.keys()], [...graph.nodes.keys()]);
    }),
    runs(100, 10_000),
  );
});

test("rows and the applied set they stand for plan alike", () => {
  fc.assert(
    fc.property(situations, ({ graph, rows, target }) => {
      const applied = [...readApplied(graph, { rows }).entries.values()];
      assert.equal(planUpgrade(graph, { applied, target }).steps.map((step) => step.revision), planUpgrade(graph, { rows, target }).steps.map((step) => step.revision));
      assert.equal(planStamp(graph, { applied, targets: [target] }), planStamp(graph, { rows, targets: [target] }));
    }),
    runs(100, 10_000),
  );
});

test("a stamp leaves an ancestor-closed set that holds its target as a row", () => {
  fc.assert(
    fc.property(situations, ({ graph, rows, target }) => {
      const before = appliedIds(graph, rows);
      const { add, remove, rows: after } = planStamp(graph, { rows, targets: [target] });
      const applied = new Set([...[...before].filter((id) => !remove.includes(id)), ...add]);
      assert.equal([...applied].sort(), [...appliedIds(graph, after)].sort());
      assert.ok(after.includes(target));
    }),
    runs(100, 10_000),
  );
});

test("rows of any applied set, holes and all, are those of the definition", () => {
  fc.assert(
    fc.property(randomHistories(), fc.array(fc.boolean(), { minLength: 12, maxLength: 12 }), ({ graph }, mask) => {
      const applied = [...graph.nodes.keys()].filter((_, index) => mask[index]);
      const entries = applied.map((revision) => ({ revision, parents: [], dependsOn: [] }));
      assert.equal(rowsOf(graph, entries), rowsByDefinition(graph, new Set(applied)));
    }),
    runs(100, 10_000),
  );
});

test.run();
