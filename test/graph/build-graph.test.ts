import { suite } from "uvu";
import * as assert from "uvu/assert";
import { GmigError } from "../../src/errors.js";
import { buildGraph, readGraph } from "../../src/graph/build-graph.js";
import type { GraphInput } from "../../src/graph/graph.js";
import { heads } from "../../src/graph/heads.js";
import { draw, graphOf } from "../support/graphs.js";

const test = suite("graph/build-graph");

function problems(inputs: readonly GraphInput[]): { readonly codes: readonly string[]; readonly messages: readonly string[]; readonly sound: readonly string[] } {
  const reading = readGraph(inputs.toReversed());
  return { codes: reading.problems.map(({ code }) => code), messages: reading.problems.map(({ message }) => message), sound: [...reading.graph.nodes.keys()] };
}

test("an empty graph", () => {
  assert.equal(heads(buildGraph([])), { versioned: [], real: [], effective: [] });
});

test("only the id is needed", () => {
  assert.equal(heads(buildGraph([{ revision: "b", parents: ["a"] }, { revision: "a" }])).real, ["b"]);
});

test("each problem is told with its code, and the sound part is kept", () => {
  // a <- b;  c follows what is not there;  d stands on c
  const missing = problems(draw("a1b2c3\nb <- a1b2c3\nc <- a1b2c4\nd <- c"));
  assert.equal(missing.codes, ["PARENT_MISSING"]);
  assert.match(missing.messages[0] ?? "", /Revision c follows a1b2c4, which is not in this checkout; did you mean a1b2c3\?/);
  assert.equal(missing.sound, ["a1b2c3", "b"]);

  assert.equal(problems(draw("a\nb <- a needs zz")), { codes: ["DEPENDENCY_MISSING"], messages: ["Revision b depends on zz, which is not in this checkout"], sound: ["a"] });
  assert.equal(problems([{ revision: "a", file: "1.ts" }, { revision: "a", file: "2.ts" }, { revision: "b" }]), {
    codes: ["REVISION_DUPLICATE"],
    messages: ["Revision a is declared more than once: 1.ts and 2.ts"],
    sound: ["b"],
  });
  assert.equal(problems([{ revision: "a", parents: ["a"] }]).codes, ["SELF_PARENT"]);
  assert.equal(problems([{ revision: "a", dependsOn: ["a"] }]).codes, ["SELF_DEPENDENCY"]);
  assert.equal(problems([{ revision: "a", labels: ["x"], dependsOn: ["x"] }]).codes, ["SELF_DEPENDENCY"]);
  for (const id of ["a@b", "a-b", "a b", "", "head"]) assert.equal(problems([{ revision: id }]).codes, ["ID_MALFORMED"], id);
});

test("a header of another form is told, whatever it is", () => {
  const odd: readonly unknown[] = [null, {}, { revision: 1 }, { revision: "a", parents: "b" }, { revision: "b", dependsOn: null }, { revision: "c", labels: [1] }, { revision: "d", created: new Date(0) }];
  for (const input of odd) assert.equal(problems([input as GraphInput, { revision: "z" }]), { codes: ["REVISION_MALFORMED"], messages: problems([input as GraphInput]).messages, sound: ["z"] });
  assert.equal(problems([{ revision: "b", parents: "a" } as unknown as GraphInput, { revision: "a" }]).messages, ["parents of revision b must be a list of texts"]);
});

test("labels: a double one covers nothing, a malformed one is told", () => {
  const twice = problems([{ revision: "a", labels: ["x"] }, { revision: "b", labels: ["x"] }]);
  assert.equal([twice.codes, twice.sound], [["LABEL_DUPLICATE"], ["a", "b"]]);
  assert.equal(readGraph([{ revision: "a", labels: ["x"] }, { revision: "b", labels: ["x"] }]).graph.labels.size, 0);
  assert.equal(problems([{ revision: "a", labels: ["b"] }, { revision: "b" }]).codes, ["LABEL_DUPLICATE"]);
  for (const label of ["head", "heads", "base", "current", "x@y", "x y"]) assert.equal(problems([{ revision: "a", labels: [label] }]).codes, ["LABEL_MALFORMED"], label);
});

test("a circle is told with its ids in order, parents before dependencies", () => {
  //   z <- a <- b <- c <- a …;  d stands on c
  const circle = problems([
    { revision: "z" },
    { revision: "a", parents: ["z", "c"] },
    { revision: "b", parents: ["a"] },
    { revision: "c", parents: ["b"] },
    { revision: "d", parents: ["c"] },
  ]);
  assert.equal(circle, { codes: ["GRAPH_CYCLE"], messages: ["Revisions follow each other in a circle: a <- b <- c <- a"], sound: ["z"] });
  const dependency = problems([
    { revision: "a", dependsOn: ["b"] },
    { revision: "b", parents: ["a"] },
  ]);
  assert.equal(dependency.codes, ["DEPENDENCY_CYCLE"]);
  const both = problems([
    { revision: "a", parents: ["b"] },
    { revision: "b", parents: ["a"] },
    { revision: "c", dependsOn: ["d"] },
    { revision: "d", dependsOn: ["c"] },
  ]);
  assert.equal(both.codes, ["GRAPH_CYCLE", "DEPENDENCY_CYCLE"]);
});

test("buildGraph throws the first problem's code, with all of them in its data", () => {
  try {
    buildGraph([{ revision: "a", parents: ["x"] }, { revision: "b", parents: ["b"] }]);
    assert.unreachable();
  } catch (error) {
    assert.instance(error, GmigError);
    const { code, data } = error as GmigError;
    assert.is(code, "SELF_PARENT");
    assert.equal((data["problems"] as { code: string }[]).map((problem) => problem.code), ["SELF_PARENT", "PARENT_MISSING"]);
  }
});

test("a label covers its descendants, and its ancestors down to the nearest branch point or merge", () => {
  //        b1 --- b2 (left) --- b3
  //      /                         \
  //    a                             m --- n (late)
  //      \                         /
  //        c (right) -------------
  const graph = graphOf(`
    a
    b1 <- a
    b2 <- b1 (left)
    b3 <- b2
    c <- a (right)
    m <- b3 c
    n <- m (late)`);
  const branches = Object.fromEntries([...graph.nodes].map(([id, node]) => [id, node.branches.join(",")]));
  assert.equal(branches, { a: "", b1: "left", b2: "left", b3: "left", c: "right", m: "left,right", n: "late,left,right" });
});

test("an ancestor that a dependent stands on is a branch point too", () => {
  const graph = graphOf(`
    a
    b <- a
    c <- b (top)
    n needs a`);
  assert.equal([...graph.nodes.values()].filter((node) => node.branches.includes("top")).map(({ revision }) => revision), ["b", "c"]);
});

test("a parent named twice, or beneath another parent, is legal", () => {
  const graph = graphOf(`
    a
    b <- a
    c <- b b a`);
  assert.equal(graph.nodes.get("c")?.parents.map(({ revision }) => revision), ["b", "a"]);
  assert.equal(heads(graph).real, ["c"]);
});

test("100,000 revisions, one line 50,000 deep, beside a wide rest", () => {
  const inputs: GraphInput[] = [];
  for (let index = 0; index < 50_000; index++) inputs.push({ revision: `d${index}`, parents: index === 0 ? [] : [`d${index - 1}`], labels: index === 25_000 ? ["deep"] : [] });
  for (let index = 0; index < 50_000; index++) inputs.push({ revision: `w${index}`, parents: [`d${index % 100}`], dependsOn: index > 0 ? [`w${index - 1}`] : [] });
  const start = performance.now();
  const graph = buildGraph(inputs);
  const taken = performance.now() - start;
  assert.is(graph.nodes.size, 100_000);
  assert.is(heads(graph).real.length, 2);
  assert.ok(taken < 5000, `took ${taken} ms`);
});

test("a circle of 50,000 revisions is found without recursion", () => {
  const inputs = Array.from({ length: 50_000 }, (_, index) => ({ revision: `r${index}`, parents: [`r${(index + 1) % 50_000}`] }));
  assert.equal(readGraph(inputs).problems.map(({ code }) => code), ["GRAPH_CYCLE"]);
});

test.run();
