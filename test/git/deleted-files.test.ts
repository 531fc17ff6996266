import { suite } from "uvu";
import * as assert from "uvu/assert";
import { deletedFiles } from "../../src/git/deleted-files.js";
import { freshRepository, type Repository } from "../support/repository.js";
import { open } from "./situations.js";

const test = suite("git/deleted-files");

async function found(repository: Repository, folders: readonly string[]): Promise<readonly string[]> {
  return (await deletedFiles(open(repository), folders)).map(({ name, id, commit }) => `${name} ${repository.git("cat-file", "-p", id)} ${repository.git("log", "-1", "--format=%s", commit)}`);
}

test("what commits deleted, the newest first, in the folders asked for; what another branch deleted is not this one's", async () => {
  const repository = freshRepository();
  repository.commit("all", { "m/a": "A", "m/ö 'b\n'": "B", "m/c": "C", "other/d": "D" });
  repository.branch("aside");
  repository.git("rm", "--quiet", "m/c");
  repository.commit("drop c");
  repository.git("switch", "--quiet", "main");
  repository.git("rm", "--quiet", "m/ö 'b\n'");
  repository.commit("drop b");
  repository.git("mv", "other/d", "other/e");
  repository.commit("move d");
  assert.equal(await found(repository, ["m"]), ["m/ö 'b\n' B drop b"]);
  assert.equal(await found(repository, [""]), ["other/d D move d", "m/ö 'b\n' B drop b"]);
  assert.equal(await found(repository, ["nowhere"]), []);
});

test("a deletion that a branch brought in is told once, with its own commit", async () => {
  const repository = freshRepository();
  repository.commit("all", { "m/a": "A", "m/b": "B" });
  repository.branch("side");
  repository.git("rm", "--quiet", "m/b");
  repository.commit("drop b");
  repository.git("switch", "--quiet", "main");
  repository.commit("c", { "m/c": "C" });
  repository.git("merge", "--quiet", "--message", "merge", "side");
  assert.equal(await found(repository, ["m"]), ["m/b B drop b"]);
});

test.run();
