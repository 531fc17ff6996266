import { suite } from "uvu";
import * as assert from "uvu/assert";
import { operationInProgress, type OperationState } from "../../src/git/operation-in-progress.js";
import { freshRepository, type Repository } from "../support/repository.js";
import { open } from "./situations.js";

const test = suite("git/operation-in-progress");

const CLEAN: OperationState = { operation: "clean", isRebasing: false, mergeHeads: [], stepsLeft: 0, autostashPending: false };

async function state(repository: Repository): Promise<OperationState> {
  return operationInProgress(open(repository));
}

/**
 * <pre>
 *   base -- one -- two -- three     topic (each touches f)
 *      \
 *       main                        main (touches f otherwise)
 * </pre>
 */
function conflicting(): Repository {
  const repository = freshRepository();
  repository.commit("base", { f: "0\n", g: "g\n" });
  repository.branch("topic");
  for (const name of ["one", "two", "three"]) repository.commit(name, { f: `${name}\n` });
  repository.git("switch", "--quiet", "main");
  repository.commit("main", { f: "main\n" });
  return repository;
}

test("nothing", async () => {
  assert.equal(await state(freshRepository()), CLEAN);
  assert.equal(await state(conflicting()), CLEAN);
});

test("a merge, of one and of several", async () => {
  const repository = conflicting();
  repository.run("merge", "topic");
  assert.equal(await state(repository), { ...CLEAN, operation: "merge", mergeHeads: [repository.git("rev-parse", "topic")] });
  repository.git("merge", "--abort");
  repository.branch("a", "main~1");
  repository.commit("a", { a: "a" });
  repository.branch("b", "main~1");
  repository.commit("b", { b: "b" });
  repository.git("switch", "--quiet", "main");
  repository.git("merge", "--no-commit", "a", "b");
  assert.equal((await state(repository)).mergeHeads, ["a", "b"].map((name) => repository.git("rev-parse", name)));
});

test("a rebase, with its own machinery and with am's, and with changes laid aside", async () => {
  for (const [how, autostashPending] of [["--merge", false], ["--apply", false], ["--merge", true], ["--apply", true]] as const) {
    const repository = conflicting();
    repository.git("switch", "--quiet", "topic");
    if (autostashPending) repository.write("g", "changed\n");
    repository.run("rebase", how, ...(autostashPending ? ["--autostash"] : []), "main");
    assert.equal(await state(repository), { ...CLEAN, operation: "rebase", isRebasing: true, autostashPending }, how);
    repository.git("rebase", "--abort");
    assert.equal(await state(repository), CLEAN);
  }
});

test("a merge with changes laid aside", async () => {
  const repository = conflicting();
  repository.write("g", "changed\n");
  repository.run("merge", "--autostash", "topic");
  const { operation, autostashPending } = await state(repository);
  assert.equal([operation, autostashPending], ["merge", true]);
});

test("a merge within a rebase is a rebase", async () => {
  const repository = freshRepository();
  repository.commit("base", { f: "0\n", g: "g\n" });
  repository.branch("side");
  repository.commit("side", { f: "side\n" });
  repository.branch("topic", "main");
  repository.commit("one", { f: "one\n" });
  repository.run("merge", "side");
  repository.commit("merged", { f: "merged\n" });
  repository.git("switch", "--quiet", "main");
  repository.commit("main", { g: "main\n" });
  repository.run("rebase", "--rebase-merges", "main", "topic");
  const { operation, isRebasing, mergeHeads } = await state(repository);
  assert.equal([operation, isRebasing, mergeHeads.length], ["rebase", true, 1]);
});

test("am", async () => {
  const repository = conflicting();
  const patch = repository.git("format-patch", "--stdout", "-1", "topic");
  repository.write("p", `${patch}\n`);
  repository.run("am", "p");
  assert.equal(await state(repository), { ...CLEAN, operation: "am", isRebasing: true });
});

test("cherry-pick and revert, at a stop and between two steps", async () => {
  for (const [operation, range] of [["cherry-pick", "main~1..topic"], ["revert", "main~1..topic"]] as const) {
    const repository = conflicting();
    repository.run(operation, range);
    assert.equal(await state(repository), { ...CLEAN, operation, stepsLeft: 3 });
    repository.write("f", "mine\n");
    repository.git("add", "f");
    // What `git commit` takes away, so that only the list of steps tells.
    repository.git("commit", "--quiet", "-m", "by hand");
    assert.equal(await state(repository), { ...CLEAN, operation, stepsLeft: 3 });
    repository.git(operation, "--abort");
    assert.equal(await state(repository), CLEAN);
  }
  const repository = conflicting();
  repository.run("cherry-pick", "topic");
  assert.equal(await state(repository), { ...CLEAN, operation: "cherry-pick" });
});

test("bisect, and one worktree's state is no other's", async () => {
  const repository = conflicting();
  const other = repository.worktree("other");
  repository.git("bisect", "start", "main", "main~1");
  assert.equal(await state(repository), { ...CLEAN, operation: "bisect" });
  assert.equal(await state(other), CLEAN);
});

test.run();
