import { suite } from "uvu";
import * as assert from "uvu/assert";
import { GmigError } from "../../src/errors.js";
import type { Graph } from "../../src/graph/graph.js";
import { heads } from "../../src/graph/heads.js";
import { listRange } from "../../src/graph/list-range.js";
import type { Plan } from "../../src/plan/plan.js";
import { planDowngrade } from "../../src/plan/plan-downgrade.js";
import { planMergeParents } from "../../src/plan/plan-parents.js";
import { planStamp } from "../../src/plan/plan-stamp.js";
import { planUpgrade } from "../../src/plan/plan-upgrade.js";
import { graphOf } from "../support/graphs.js";

/*
 * The examples of the graph's specification, each checked against Alembic 1.19 on PostgreSQL.
 * A line reads: rows before | command -> steps | rows after. An error's code stands in place of steps.
 */

//            b
//          /   \
//    a ---        d
//          \   /
//            c (shop)
const A_FORKED = graphOf(`
  a
  b <- a
  c <- a (shop)`);
const A = graphOf(`
  a
  b <- a
  c <- a (shop)
  d <- b c`);

//          b1 (left) --- b2 --- b3
//        /
//    a1
//        \
//          c1 (right) -- c2 --- c3
const B = graphOf(`
  a1
  b1 <- a1 (left)
  b2 <- b1
  b3 <- b2
  c1 <- a1 (right)
  c2 <- c1
  c3 <- c2`);

//    a1 --- a2 (acct)
//           ^ needs
//    n1 (net) --- n2
const C = graphOf(`
  a1
  a2 <- a1 (acct)
  n1 (net)
  n2 <- n1 needs a2`);
const C_LONGER = graphOf(`
  a1
  a2 <- a1 (acct)
  n1 (net)
  n2 <- n1 needs a2
  a3 <- a2`);

//        b1 --- b2 (left) --- b3
//      /                         \
//    a                             m1 --- m2
//      \                         /
//        c ---------------------
const D = graphOf(`
  a
  b1 <- a
  b2 <- b1 (left)
  b3 <- b2
  c <- a
  m1 <- b3 c
  m2 <- m1`);
const D_TWIN = graphOf(`
  a
  b1 <- a
  b2 <- b1 (left)
  b3 <- b2
  c <- a
  m1 <- b3 c
  m2 <- m1
  m3 <- b3 c`);

const LINE = graphOf(`
  x
  y <- x
  z <- y`);

const ROWS = /^\{(.*)\}$/;

function parseRows(text: string): string[] {
  return (ROWS.exec(text.trim())?.[1] ?? "").split(",").filter((id) => id !== "");
}

function run(graph: Graph, rows: readonly string[], command: string): { readonly steps: string; readonly rows: readonly string[] } {
  const [verb, ...words] = command.split(" ");
  const printed = (plan: Plan): string => plan.steps.map(({ revision, direction }) => `${direction === "up" ? "+" : "-"}${revision}`).join(" ");
  if (verb === "upgrade") {
    const plan = planUpgrade(graph, { rows, target: words[0] ?? "head" });
    return { steps: printed(plan), rows: plan.rows };
  }
  if (verb === "downgrade") {
    const plan = planDowngrade(graph, { rows, target: words[0] ?? "" });
    return { steps: printed(plan), rows: plan.rows };
  }
  const purge = words[0] === "--purge";
  return { steps: "", rows: planStamp(graph, { rows, targets: words.slice(purge ? 1 : 0), purge }).rows };
}

function example(name: string, graph: Graph, lines: string): void {
  const test = suite(`plan/checked-examples ${name}`);
  for (const line of lines.trim().split("\n")) {
    const [, before = "", command = "", , steps = "", after = ""] = /^\s*(\{\S*\}) \| ([^>|]+?)( -> ([^|]*?))?(?: \| (\{\S*\}))?\s*$/.exec(line) ?? [];
    assert.ok(command, `not an example: ${line}`);
    test(line.trim(), () => {
      if (/^[A-Z_]+$/.test(steps)) {
        assert.throws(
          () => run(graph, parseRows(before), command),
          (error: unknown) => error instanceof GmigError && error.code === steps,
        );
        return;
      }
      const result = run(graph, parseRows(before), command);
      if (!command.startsWith("stamp")) assert.is(result.steps, steps);
      assert.equal(result.rows, parseRows(after).sort());
    });
  }
  test.run();
}

example(
  "A before d",
  A_FORKED,
  `
  {} | upgrade head -> MULTIPLE_HEADS
  {} | upgrade heads -> +a +b +c | {b,c}
  {b} | upgrade shop@+1 -> +c | {b,c}`,
);

example(
  "A",
  A,
  `
  {b} | upgrade shop@+1 -> +c | {b,c}
  {b,c} | upgrade d -> +d | {d}
  {b} | upgrade +1 -> +c +d | {d}
  {d} | upgrade d ->  | {d}
  {d} | upgrade a ->  | {d}
  {d} | upgrade +1 -> STEP_OUT_OF_RANGE
  {d} | downgrade shop@a -> -d -c | {b}
  {d} | downgrade b -> -d | {b,c}
  {b,c} | downgrade base -> -c -b -a | {}
  {} | downgrade a -> NOT_A_DOWNGRADE_TARGET
  {a} | downgrade a ->  | {a}
  {} | downgrade base ->  | {}
  {b,c} | downgrade a -> -c -b | {a}
  {b,c} | downgrade -1 -> STEP_AMBIGUOUS
  {d} | downgrade -1 -> -d | {b,c}
  {d} | downgrade -2 -> STEP_AMBIGUOUS
  {a} | downgrade -1 -> -a | {}
  {a} | downgrade -2 -> STEP_OUT_OF_RANGE
  {d} | stamp b c | {b,c}
  {b} | stamp --purge heads | {d}
  {} | stamp --purge heads | {d}
  {d} | stamp base | {}
  {d} | stamp shop@base | {b}
  {d} | stamp -1 -> REVISION_NOT_FOUND`,
);

example(
  "B",
  B,
  `
  {} | upgrade +1 -> +a1 | {a1}
  {a1} | upgrade +1 -> STEP_AMBIGUOUS
  {a1} | upgrade left@+1 -> +b1 | {b1}
  {b2} | upgrade right@+1 -> +c1 | {b2,c1}
  {b2,c1} | upgrade +1 -> STEP_AMBIGUOUS
  {b2,c1} | upgrade c1+1 -> +c2 | {b2,c2}
  {b3,c3} | downgrade left@-2 -> -b3 -b2 | {b1,c3}
  {b2,c3} | downgrade left@-2 -> -b2 -b1 | {c3}
  {c3} | downgrade right@-10 -> STEP_OUT_OF_RANGE
  {b3} | upgrade right@head-1 -> +c1 +c2 | {b3,c2}
  {b3,c2} | downgrade right@a1 -> -c2 -c1 | {b3}
  {b3,c3} | downgrade left@base -> -c3 -c2 -c1 -b3 -b2 -b1 -a1 | {}
  {b3,c3} | downgrade a1 -> -c3 -c2 -c1 -b3 -b2 -b1 | {a1}
  {b3,c3} | downgrade left@c2 -> NOT_ON_BRANCH
  {b3,c3} | downgrade left@-4 -> -c3 -c2 -c1 -b3 -b2 -b1 -a1 | {}
  {b3,c3} | downgrade left@-5 -> STEP_OUT_OF_RANGE
  {c3} | downgrade left@-1 -> STEP_OUT_OF_RANGE
  {b3,c3} | downgrade b3-1 -> -b3 | {b2,c3}
  {b3,c3} | upgrade -1 -> STEP_OUT_OF_RANGE
  {b3,c3} | downgrade +1 -> STEP_OUT_OF_RANGE
  {b3,c3} | stamp b1 | {b1,c3}
  {b1,c3} | stamp a1 | {a1}
  {b1,c3} | stamp heads | {b3,c3}
  {b3,c3} | stamp left@base | {c3}
  {a1} | upgrade left@+1zzz -> REVISION_NOT_FOUND
  {a1} | upgrade b -> REVISION_AMBIGUOUS
  {a1} | upgrade left@c1 -> NOT_ON_BRANCH
  {a1} | upgrade middle@head -> BRANCH_NOT_FOUND
  {a1} | upgrade zz -> REVISION_NOT_FOUND
  {zz} | upgrade heads -> UNKNOWN_APPLIED`,
);

example(
  "C",
  C,
  `
  {} | upgrade head -> MULTIPLE_HEADS
  {} | upgrade net@head -> +a1 +a2 +n1 +n2 | {n2}
  {n2} | downgrade acct@base -> -n2 -a2 -a1 | {n1}
  {n2} | downgrade net@base -> -n2 -n1 | {a2}
  {n2} | downgrade n1 -> -n2 | {a2,n1}
  {n2} | downgrade a1 -> -n2 -a2 | {a1,n1}
  {n2} | downgrade acct@-1 -> -n2 -a2 | {a1,n1}
  {n2} | downgrade a2 ->  | {n2}
  {} | stamp n2 | {n2}`,
);

example(
  "C with a3",
  C_LONGER,
  `
  {n2} | upgrade acct@head -> +a3 | {a3,n2}
  {n2,a3} | downgrade acct@-1 -> -a3 | {n2}
  {n2} | stamp acct@head | {a3,n2}`,
);

example(
  "D",
  D,
  `
  {m2} | downgrade -1 -> -m2 | {m1}
  {m1} | downgrade -1 -> -m1 | {b3,c}
  {m2} | downgrade left@c -> -m2 -m1 | {b3,c}
  {m2} | downgrade left@a -> -m2 -m1 -b3 -b2 -b1 | {c}`,
);

example("D with a twin", D_TWIN, `{b1,c} | upgrade heads -> +b2 +b3 +m1 +m2 +m3 | {m2,m3}`);

const test = suite("plan/checked-examples");

test("heads of C: a2 is only an effective one", () => {
  assert.equal(heads(C), { versioned: ["a2", "n2"], real: ["n2"], effective: ["a2"] });
});

test("ranges and merges of B", () => {
  const code = (action: () => unknown): string => {
    try {
      return JSON.stringify(action());
    } catch (error) {
      return error instanceof GmigError ? error.code : String(error);
    }
  };
  assert.is(code(() => listRange(B, "b3:c1")), "RANGE_NOT_ANCESTOR");
  assert.is(code(() => listRange(B, "b3:b1")), "RANGE_NOT_ANCESTOR");
  assert.is(code(() => listRange(B, "b3")), "RANGE_MALFORMED");
  assert.is(code(() => listRange(B, "a1:b1:c1")), "RANGE_MALFORMED");
  assert.is(code(() => planMergeParents(B, ["b3", "b3"])), "PARENT_DUPLICATE");
  assert.is(code(() => planMergeParents(B, ["b1", "c1"])), "SPLICE_NEEDED");
  assert.equal(planMergeParents(B, ["heads"]), ["b3", "c3"]);
  assert.equal(listRange(B, "b1:b3"), ["b3", "b2", "b1"]);
  assert.equal(listRange(B, "b2:"), ["b3", "b2"]);
  assert.equal(listRange(B, ":c2"), ["c2", "c1", "a1"]);
  assert.equal(listRange(B, "left@base:heads"), ["b3", "b2", "b1", "a1"]);
  assert.equal(listRange(B, "a1:right@+1"), ["c1", "a1"]);
  assert.equal(listRange(LINE, "-9:"), ["z", "y", "x"]);
  assert.equal(listRange(LINE, "-1:"), ["z", "y"]);
  assert.equal(listRange(LINE, "current:", { rows: ["y"] }), ["z", "y"]);
});

test("what depends on a reverted revision is beyond the named lineage, and says why", () => {
  const { steps } = planDowngrade(C, { rows: ["n2"], target: "acct@base" });
  assert.equal(
    steps.map(({ revision, reason, beyond }) => ({ revision, reason, beyond })),
    [
      { revision: "n2", reason: "depends on a2", beyond: true },
      { revision: "a2", reason: "above a1", beyond: false },
      { revision: "a1", reason: "above acct@base", beyond: false },
    ],
  );
});

test.run();
