import { suite } from "uvu";
import * as assert from "uvu/assert";
import { planRebase } from "../../src/plan/plan-rebase.js";
import { graphOf } from "../support/graphs.js";
import { thrown } from "../support/thrown.js";

const test = suite("plan/plan-rebase");

//        m1 --- m2          mine
//      /           \
//    a               m3 --- m4
//      \           /
//        t --------         theirs
const GRAPH = graphOf(`
  a
  t <- a
  m1 <- a
  m2 <- m1
  m3 <- m2 t
  m4 <- m3`);

test("mine follow theirs in one line, and the merge revision among them is removed", () => {
  assert.equal(planRebase(GRAPH, { mine: ["m1", "m2", "m3", "m4"], onto: "t" }), {
    reparent: [
      { revision: "m1", before: ["a"], parents: ["t"] },
      { revision: "m4", before: ["m3"], parents: ["m2"] },
    ],
    remove: ["m3"],
  });
});

test("two of mine side by side become a line", () => {
  const graph = graphOf(`
    a
    t <- a
    x <- a
    y <- a`);
  assert.equal(planRebase(graph, { mine: ["x", "y"], onto: "t" }).reparent.map(({ revision, parents }) => `${revision} ${parents.join()}`), ["x t", "y x"]);
});

test("what follows already stays as it is", () => {
  assert.equal(planRebase(graphOf("a\nb <- a\nc <- b"), { mine: ["b", "c"], onto: "a" }), { reparent: [], remove: [] });
});

test("nothing is moved onto what stands on it", async () => {
  assert.is((await thrown(() => planRebase(GRAPH, { mine: ["m1", "m2"], onto: "m4" }))).code, "GRAPH_CYCLE");
  assert.is((await thrown(() => planRebase(GRAPH, { mine: ["m1"], onto: "zz" }))).code, "REVISION_NOT_FOUND");
});

test.run();
