import { chmodSync, existsSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { suite } from "uvu";
import * as assert from "uvu/assert";
import { freshRepository } from "./repository.js";

const test = suite("support/repository");

test("the same commits have the same ids, whoever runs this and when", () => {
  const [a, b] = [freshRepository(), freshRepository()];
  assert.is(a.commit("first", { "x/y.txt": "text\n" }), b.commit("first", { "x/y.txt": "text\n" }));
  assert.is(a.git("log", "-1", "--format=%an %ae %ad", "--date=iso-strict"), "Ada ada@example.org 2026-01-01T00:00:03+00:00");
});

test("nothing of this machine's configuration or this process's git environment is read", () => {
  process.env["GIT_DIR"] = "/nowhere";
  process.env["CI"] = "true";
  try {
    const repository = freshRepository();
    assert.is(repository.env["CI"], undefined);
    const origins = repository.git("config", "--list", "--show-origin").split("\n").map((line) => line.split("\t")[0]);
    assert.equal(new Set(origins), new Set([`file:${repository.env["HOME"]}/.gitconfig`, "file:.git/config"]));
  } finally {
    delete process.env["GIT_DIR"];
    delete process.env["CI"];
  }
});

test("a failing command throws with what git said, run returns it", () => {
  const repository = freshRepository();
  assert.throws(() => repository.git("switch", "nowhere"), /git switch nowhere ended with 128:\nfatal: invalid reference/);
  assert.is(repository.run("switch", "nowhere").status, 128);
});

test("branches, clones and worktrees are separate, and hooks run in them with PATH", () => {
  const repository = freshRepository();
  repository.commit("first", { a: "1" });
  const hook = join(repository.git("rev-parse", "--git-path", "hooks"), "post-checkout");
  repository.write(hook, '#!/bin/sh\nnode -e "" && echo "$3 $(git branch --show-current)" >> "$HOME/hook"\n');
  chmodSync(join(repository.path, hook), 0o755);
  repository.branch("feature");
  const worktree = repository.worktree("other");
  worktree.commit("elsewhere", { b: "2" });
  assert.is(repository.git("rev-list", "--count", "HEAD"), "1");
  assert.is(worktree.git("rev-list", "--count", "HEAD"), "2");
  assert.match(repository.git("worktree", "list"), worktree.path);
  assert.equal(readFileSync(join(repository.env["HOME"] ?? "", "hook"), "utf8"), "1 feature\n1 other\n");

  const clone = repository.clone();
  assert.not(existsSync(join(clone.path, hook)));
  clone.commit("pushed", { c: "3" });
  clone.git("push", "--quiet", "origin", "HEAD:refs/heads/pushed");
  assert.is(repository.git("log", "-1", "--format=%s", "pushed"), "pushed");
});

test.run();
