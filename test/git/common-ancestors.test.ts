import * as fc from "fast-check";
import { suite } from "uvu";
import * as assert from "uvu/assert";
import { commonAncestors } from "../../src/git/common-ancestors.js";
import { askGit } from "../../src/git/run-git.js";
import { freshRepository } from "../support/repository.js";
import { runs } from "../support/series.js";
import { open } from "./situations.js";

const test = suite("git/common-ancestors");

const GRAPH: Readonly<Record<string, readonly string[]>> = {
  // a <- b, c;  d <- b c;  e <- c b;  d, e criss-cross
  a: [],
  b: ["a"],
  c: ["a"],
  d: ["b", "c"],
  e: ["c", "b"],
  f: ["d", "a"],
  z: [],
};

async function bases(left: string, right: string): Promise<readonly string[]> {
  return [...(await commonAncestors(left, right, async (commit) => Promise.resolve(GRAPH[commit] ?? [])))].sort();
}

test("a fork, a line, a criss-cross, a shortcut past the best one, nothing in common", async () => {
  assert.equal(await bases("b", "c"), ["a"]);
  assert.equal(await bases("a", "d"), ["a"]);
  assert.equal(await bases("d", "e"), ["b", "c"]);
  assert.equal(await bases("f", "d"), ["d"]);
  assert.equal(await bases("d", "z"), []);
});

/** For each commit the numbers of its parents, all before it. */
const graphs = fc.array(fc.array(fc.nat({ max: 60 }), { maxLength: 3 }), { minLength: 2, maxLength: 14 }).map((list) =>
  list.map((numbers, index) => [...new Set(numbers.flatMap((number) => (index === 0 ? [] : [number % index])))]),
);

test("as git's own merge-base says, whatever the graph", async () => {
  const repository = freshRepository();
  const git = open(repository).requireGit("");
  await fc.assert(
    fc.asyncProperty(graphs, async (graph) => {
      const commits = graph.map((parents, index) => {
        const lines = parents.map((parent, which) => `${which === 0 ? "from" : "merge"} :${parent + 1}\n`);
        // A commit's time does not follow its place, as after rebases and on wrong clocks.
        return `reset refs/heads/x\ncommit refs/heads/x\nmark :${index + 1}\ncommitter A <a@b> ${1_700_000_000 + ((index * 7) % 5)} +0000\ndata 1\n${index % 10}\n${lines.join("")}\nget-mark :${index + 1}\n`;
      });
      const input = `${commits.join("")}reset refs/heads/x\ndone\n`;
      const ids = (await askGit(git, ["fast-import", "--quiet", "--done", "--force"], { purpose: "make a graph", input })).split("\n");
      const parentsOf = async (id: string): Promise<readonly string[]> => Promise.resolve((graph[ids.indexOf(id)] ?? []).map((number) => ids[number] ?? ""));
      const [left = "", right = ""] = [ids.at(-1), ids[Math.floor(ids.length / 2)]];
      const told = repository.run("merge-base", "--all", left, right).stdout.split("\n").filter((id) => id !== "");
      assert.equal([...(await commonAncestors(left, right, parentsOf))].sort(), told.sort());
    }),
    runs(60, 2000),
  );
});

test.run();
