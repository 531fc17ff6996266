import * as fc from "fast-check";
import { suite } from "uvu";
import * as assert from "uvu/assert";
import { GmigError } from "../../src/errors.js";
import type { Graph } from "../../src/graph/graph.js";
import { ancestors } from "../../src/graph/reach.js";
import { planSync, type SyncRequest } from "../../src/plan/plan-sync.js";
import type { AppliedRevision } from "../../src/revision/applied.js";
import { graphOf, randomHistories } from "../support/graphs.js";
import { runs } from "../support/series.js";

const test = suite("plan/plan-sync");

const entry = (revision: string, ...parents: string[]): AppliedRevision => ({ revision, parents, dependsOn: [] });

function sync(graph: Graph, applied: readonly AppliedRevision[], more: Partial<SyncRequest> = {}): string {
  const { steps, rows, reparented, left } = planSync(graph, { applied, edited: [], foreign: [], ...more });
  const words = steps.map(({ revision, direction, reason }) => `${direction === "up" ? "+" : "-"}${revision} (${reason})`);
  return [...words, `rows ${rows.join(",")}`, ...(reparented.length > 0 ? [`reparented ${reparented.join(",")}`] : []), ...(left.length > 0 ? [`left ${left.join(",")}`] : [])].join(" | ");
}

//    a --- b           applied: a <- u <- v, a branch that is gone
const LINE = graphOf(`
  a
  b <- a`);

test("what the checkout lacks goes down, what is pending comes up", () => {
  assert.is(sync(LINE, [entry("a"), entry("u", "a"), entry("v", "u")]), "-v (not in this checkout) | -u (not in this checkout) | +b (pending) | rows b");
});

test("nothing to do", () => {
  assert.is(sync(LINE, [entry("a"), entry("b", "a")]), "rows b");
});

test("an edited revision goes down with its applied child, and both come up again", () => {
  assert.is(sync(LINE, [entry("a"), entry("b", "a")], { edited: ["a"] }), "-b (stands on a) | -a (edited since it was applied) | +a (applied again) | +b (applied again) | rows b");
});

test("a colleague's revision that a rebase put beneath mine", () => {
  //    a --- c --- mine         applied: a <- mine
  const graph = graphOf(`
    a
    c <- a
    mine <- c`);
  assert.is(sync(graph, [entry("a"), entry("mine", "a")]), "-mine (c comes beneath it) | +c (pending) | +mine (applied again) | rows mine");
});

test("two of my own in another order: only their rows change", () => {
  //    files: a <- y <- x       ledger: a <- x <- y
  const graph = graphOf(`
    a
    y <- a
    x <- y`);
  assert.is(sync(graph, [entry("a"), entry("x", "a"), entry("y", "x")]), "rows x | reparented x,y");
});

test("an unknown revision beneath known ones takes them down, and they come up without it", () => {
  assert.is(
    sync(LINE, [entry("a"), entry("u", "a"), entry("b", "u")]),
    "-b (stands on u) | -u (not in this checkout) | +b (applied again) | rows b",
  );
});

test("what others applied stays, unless it is in the way", () => {
  const applied = [entry("a"), entry("theirs", "a")];
  assert.is(sync(LINE, applied, { foreign: ["theirs"] }), "+b (pending) | rows b,theirs | left theirs");
  assert.is(sync(LINE, applied, { foreign: ["theirs"], allowForeign: true }), "-theirs (not in this checkout) | +b (pending) | rows b");
  assert.throws(
    () => sync(LINE, [entry("a"), entry("u", "a"), entry("theirs", "u")], { foreign: ["theirs"] }),
    (error: unknown) => error instanceof GmigError && error.code === "UNKNOWN_APPLIED" && error.hint === "gmig sync --foreign",
  );
});

test("dependents go down with what they depend on", () => {
  const graph = graphOf(`
    a1
    a2 <- a1
    n1
    n2 <- n1 needs a2`);
  const applied = [entry("a1"), entry("a2", "a1"), entry("n1"), { revision: "n2", parents: ["n1"], dependsOn: ["a2"] }];
  assert.is(sync(graph, applied, { edited: ["a2"] }), "-n2 (stands on a2) | -a2 (edited since it was applied) | +a2 (applied again) | +n2 (applied again) | rows n2");
});

test("a law: afterwards exactly the checkout is applied, and each step stands on what is there", () => {
  const ledgers = fc.record({ picks: fc.array(fc.nat(), { maxLength: 5 }), unknown: fc.array(fc.array(fc.nat(), { maxLength: 2 }), { maxLength: 3 }), edited: fc.array(fc.nat(), { maxLength: 3 }) });
  fc.assert(
    fc.property(randomHistories(), randomHistories(), ledgers, ({ graph }, before, { picks, unknown, edited }) => {
      // What is applied comes from another history over the same ids, so that edges may differ, with unknown revisions on top.
      const oldIds = [...before.graph.nodes.keys()];
      const chosen = picks.flatMap((pick) => before.graph.nodes.get(oldIds[pick % oldIds.length] ?? "") ?? []);
      const applied: AppliedRevision[] = [...ancestors(chosen)].map((node) => ({ revision: node.revision, parents: node.parents.map(({ revision }) => revision), dependsOn: node.dependencies.map(({ revision }) => revision) }));
      for (const [index, parents] of unknown.entries()) {
        const ids = applied.map(({ revision }) => revision);
        applied.push({ revision: `u${index}`, parents: ids.length === 0 ? [] : [...new Set(parents.map((pick) => ids[pick % ids.length] ?? ""))], dependsOn: [] });
      }
      const marks = applied.length === 0 ? [] : edited.map((pick) => applied[pick % applied.length]?.revision ?? "");
      const { steps } = planSync(graph, { applied, edited: marks, foreign: [] });
      const now = new Set(applied.map(({ revision }) => revision));
      const recorded = new Map(applied.map((one) => [one.revision, one]));
      let isGoingUp = false;
      for (const { revision, direction } of steps) {
        if (direction === "down") {
          assert.not(isGoingUp);
          assert.ok(now.delete(revision));
          for (const id of now) assert.not([...(recorded.get(id)?.parents ?? []), ...(recorded.get(id)?.dependsOn ?? [])].includes(revision), `${id} stands on ${revision}`);
        } else {
          isGoingUp = true;
          assert.not(now.has(revision));
          for (const below of graph.nodes.get(revision)?.below ?? []) assert.ok(now.has(below.revision));
          for (const above of graph.nodes.get(revision)?.above ?? []) assert.not(now.has(above.revision));
          now.add(revision);
        }
      }
      assert.equal([...now].sort(), [...graph.nodes.keys()].sort());
    }),
    runs(100, 10_000),
  );
});

test.run();
