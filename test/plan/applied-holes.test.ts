import { suite } from "uvu";
import * as assert from "uvu/assert";
import { GmigError } from "../../src/errors.js";
import { readGraph } from "../../src/graph/build-graph.js";
import { listRange } from "../../src/graph/list-range.js";
import { resolve } from "../../src/graph/resolve.js";
import { rowsOf } from "../../src/plan/applied-state.js";
import { planDowngrade } from "../../src/plan/plan-downgrade.js";
import { planStamp } from "../../src/plan/plan-stamp.js";
import { pendingRevisions, planUpgrade } from "../../src/plan/plan-upgrade.js";
import type { AppliedRevision } from "../../src/revision/applied.js";
import { graphOf } from "../support/graphs.js";

const test = suite("plan/applied-holes");

const entry = (revision: string, ...parents: string[]): AppliedRevision => ({ revision, parents, dependsOn: [] });

function code(action: () => unknown): string {
  try {
    action();
    return "nothing";
  } catch (error) {
    return error instanceof GmigError ? `${error.code} ${(error.data["revisions"] as string[]).join(",")}` : String(error);
  }
}

//    a --- x --- b --- c      x was put beneath b after b was applied
const INSERTED = graphOf(`
  a
  x <- a
  b <- x
  c <- b`);
const AB = [entry("a"), entry("b", "a")];

test("a revision beneath an applied one is out of order", () => {
  assert.equal(rowsOf(INSERTED, AB), ["b"]);
  assert.equal(pendingRevisions(INSERTED, { applied: AB }), { pending: ["c"], outOfOrder: ["x"] });
  assert.is(code(() => planUpgrade(INSERTED, { applied: AB })), "OUT_OF_ORDER x");
  const plan = planUpgrade(INSERTED, { applied: AB, outOfOrder: true });
  assert.equal(
    plan.steps.map(({ revision, rows }) => [revision, rows]),
    [
      ["x", ["b"]],
      ["c", ["c"]],
    ],
  );
});

test("a downgrade follows what the ledger recorded", () => {
  const plan = planDowngrade(INSERTED, { applied: AB, target: "a" });
  assert.equal(plan.steps.map(({ revision }) => revision), ["b"]);
  assert.throws(() => planDowngrade(INSERTED, { applied: AB, target: "c" }), (error: GmigError) => error.code === "NOT_A_DOWNGRADE_TARGET");
});

test("a parent that was recorded and is not applied any more is bridged by the files", () => {
  const applied = [entry("a"), entry("b", "x")];
  assert.equal(planDowngrade(INSERTED, { applied, target: "a" }).steps.map(({ revision }) => revision), ["b"]);
});

test("after a reorder, downs go by the ledger and ups by the files", () => {
  //   files: a <- y <- x        ledger: a <- x <- y
  const graph = graphOf(`
    a
    y <- a
    x <- y`);
  const applied = [entry("a"), entry("x", "a"), entry("y", "x")];
  assert.equal(planDowngrade(graph, { applied, target: "a" }).steps.map(({ revision }) => revision), ["y", "x"]);
  assert.equal(rowsOf(graph, applied), ["x"]);
});

test("recorded edges that go in a circle do not stop a downgrade", () => {
  const graph = graphOf(`
    a
    x <- a
    y <- x`);
  const applied = [entry("a"), entry("x", "y"), entry("y", "x")];
  assert.equal(planDowngrade(graph, { applied, target: "a" }).steps.map(({ revision }) => revision), ["y", "x"]);
});

//    a --- b --- c            ledger: a <- u, where u is unknown here
const LINE = graphOf(`
  a
  b <- a
  c <- b`);

test("an unknown revision beside the plan is let be, one that it meets is refused", () => {
  const beside = [entry("a"), entry("u", "a")];
  assert.equal(planUpgrade(LINE, { applied: beside }).rows, ["c", "u"]);
  assert.equal(rowsOf(LINE, beside), ["u"]);
  assert.is(code(() => planDowngrade(LINE, { applied: beside, target: "base" })), "UNKNOWN_APPLIED u");
  assert.is(code(() => planDowngrade(LINE, { applied: [...beside, entry("b", "a")], target: "a" })), "UNKNOWN_APPLIED u");
  const above = [entry("a"), entry("b", "a"), entry("u", "b")];
  assert.is(code(() => planDowngrade(LINE, { applied: above, target: "a" })), "UNKNOWN_APPLIED u");
});

test("an upgrade does not build on an unknown revision, nor beneath one", () => {
  assert.is(code(() => planUpgrade(LINE, { applied: [entry("a"), entry("u", "a"), entry("b", "u")] })), "UNKNOWN_APPLIED u");
  assert.is(code(() => planUpgrade(LINE, { applied: [entry("a"), entry("u", "c")] })), "UNKNOWN_APPLIED u");
});

test("nothing is counted from a row that is unknown, and no name stands for it", () => {
  //   a --- b --- c
  //     \
  //       u                  not in this checkout
  const applied = [entry("a"), entry("u", "a")];
  for (const target of ["+1", "current", "current+1"]) assert.is(code(() => planUpgrade(LINE, { applied, target })), "UNKNOWN_APPLIED u", target);
  assert.equal(planUpgrade(LINE, { applied, target: "a@+1" }).rows, ["b", "u"]);
  assert.is(code(() => planStamp(LINE, { applied, targets: ["current"] })), "UNKNOWN_APPLIED u");
  assert.is(code(() => resolve(LINE, "current", { rows: ["u"] })), "UNKNOWN_APPLIED u");
  assert.is(code(() => listRange(LINE, "current:", { rows: ["u"] })), "UNKNOWN_APPLIED u");
});

test("a stamp refuses to pull the ground from under an unknown revision, unless it purges", () => {
  const above = [entry("a"), entry("b", "a"), entry("u", "b")];
  assert.is(code(() => planStamp(LINE, { applied: above, targets: ["a"] })), "UNKNOWN_APPLIED u");
  assert.equal(planStamp(LINE, { applied: above, targets: ["c"], purge: true }), { rows: ["c"], add: ["c"], remove: ["u"] });
});

test("of a broken graph the sound part can still be looked at", () => {
  const { graph } = readGraph([{ revision: "a" }, { revision: "b", parents: ["nowhere"] }]);
  assert.equal(rowsOf(graph, [entry("a"), entry("b", "nowhere")]), ["a", "b"]);
});

test("a wide plan of 20,000 steps keeps its rows without copying them", () => {
  const wide = graphOf(Array.from({ length: 20_000 }, (_, index) => `r${index}`).join("\n"));
  const start = performance.now();
  const plan = planUpgrade(wide, { target: "heads" });
  assert.is(plan.rows.length, 20_000);
  assert.is(plan.steps[2]?.rows.length, 3);
  assert.is(planDowngrade(wide, { rows: plan.rows, target: "base" }).steps.length, 20_000);
  assert.ok(performance.now() - start < 10_000);
});

test.run();
