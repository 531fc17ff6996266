import { spawnSync } from "node:child_process";
import { existsSync } from "node:fs";
import { join } from "node:path";
import { suite } from "uvu";
import * as assert from "uvu/assert";
import { sqlRevision } from "../support/git-project.js";
import type { Repository } from "../support/repository.js";
import { freshStory } from "../support/story.js";

const test = suite("acceptance/stories-strangers");

/** Names that a shell, git or a terminal would obey, and that git allows for branches. */
const BRANCHES = ["$(touch${IFS}ran)", "`touch${IFS}ran`", "it's", '"q"', ";touch${IFS}ran", "a&touch${IFS}ran", "--all", "-x", "%s", "ü", "HEAD@", "x|y", "<a>"];

/** The same of files; these may hold white space and control characters too. */
const FILES = ["$(touch ran).sql", "`touch ran`.sql", "it's.sql", '"q".sql', "a\nb.sql", "--help.sql", "-n.sql", ";touch ran.sql", "\u001b[31mred.sql", "*.sql", ":(top)x.sql"];

const MALFORMED = "-- gmig revision: bad\n-- gmig parents: a\n-- gmig created: yesterday\n\n-- gmig up\nselect 1;\n\n-- gmig down\nselect 1;\n";

/** Makes a branch of any name, which `git branch` would refuse for some. */
function plant(repository: Repository, branch: string, commit: string): void {
  repository.git("update-ref", `refs/heads/${branch}`, commit);
}

/** A name that git would take for an option, in full. */
function asRef(branch: string): string {
  return branch.startsWith("-") ? `refs/heads/${branch}` : branch;
}

/** Runs a hint in a shell where `gmig` and `git` do nothing but print their arguments: what a shell makes of it. */
function wordsOf(hint: string, cwd: string): readonly string[] {
  const { stdout } = spawnSync("sh", ["-c", `gmig() { printf '%s\\0' "$@"; }; git() { gmig "$@"; }; rm() { gmig "$@"; }; ${hint}`], { cwd, encoding: "utf8" });
  return stdout.split("\0").slice(0, -1);
}

test("hostile names of branches: nothing of them runs, and hints name them so that a shell takes them for names", async () => {
  const { repository, run, json, status, sync, commit } = await freshStory();
  commit("a", "a");
  repository.branch("theirs");
  commit("b", "b <- a");
  const tip = commit("c", "c <- b");
  await run(["upgrade"]);
  repository.git("switch", "main");
  for (const branch of BRANCHES) plant(repository, branch, tip);
  repository.git("branch", "--delete", "--force", "theirs");
  const [unknown] = (await status())["unknown"] as readonly { readonly foundIn: readonly string[] }[];
  assert.equal([...(unknown?.foundIn ?? [])].sort(), [...BRANCHES].sort());
  assert.is((await run(["status"])).status, 0);
  for (const branch of BRANCHES) {
    const checked = await json(["check", "--base", asRef(branch)]);
    assert.equal([branch, checked.json["ok"] ?? checked.json.error], [branch, true]);
    const missing = await json(["upgrade", `git/${branch}`]);
    assert.equal([branch, missing.json.error?.code], [branch, "REVISION_NOT_FOUND"]);
    assert.equal(wordsOf(missing.json.error?.hint ?? "", repository.path), ["merge", asRef(branch)]);
    assert.is((await run(["rebase", "a", "--onto", `git/${branch}`])).status, 3);
    assert.is((await run(["merge", `git/${branch}`, "a"])).status, 3);
  }
  assert.is(await sync(), "-c -b");
  const fix = sqlRevision("d <- c");
  repository.write(fix.name, fix.text);
  const lost = await json(["sync"]);
  assert.equal(wordsOf(lost.json.error?.hint ?? "", repository.path), ["rebase", "d", "--onto", "a"]);
  assert.is(existsSync(join(repository.path, "ran")), false);
});

test("a branch that is the only place of a revision's ancestors is named as a word in the hint", async () => {
  for (const branch of BRANCHES) {
    const { repository, json, commit } = await freshStory();
    commit("a", "a");
    repository.git("switch", "--quiet", "--orphan", "elsewhere");
    plant(repository, branch, commit("x", "x"));
    repository.git("switch", "--quiet", "main");
    repository.git("branch", "--delete", "--force", "elsewhere");
    commit("y", "y <- x");
    const { json: refused } = await json(["upgrade"]);
    assert.equal(wordsOf(refused.error?.hint ?? "", repository.path), ["merge", asRef(branch)]);
    assert.is(existsSync(join(repository.path, "ran")), false);
  }
});

test("hostile names of revision files: they come and go as any other, run nothing and obey no terminal", async () => {
  const { repository, run, status, sync, follows, commit } = await freshStory();
  commit("a", "a");
  repository.branch("odd");
  repository.commit("odd", Object.fromEntries(FILES.map((name, index) => [`.migrations/${name}`, sqlRevision(`f${index} <- ${index === 0 ? "a" : `f${index - 1}`}`).text])));
  await run(["upgrade"]);
  await follows();
  repository.git("switch", "main");
  assert.is(((await status())["unknown"] as readonly unknown[]).length, FILES.length);
  assert.is((await run(["check", "--base", "odd"])).status, 0);
  assert.is((await sync()).split(" ").length, FILES.length);
  await follows();
  repository.git("switch", "odd");
  for (const args of [["history"], ["status"], ["rebase", "f0", "--onto", "a"], ["show", "f8"], ["sync"]]) {
    const { stdout, stderr } = await run(args);
    assert.not.ok((stdout + stderr).includes("\u001b"), args.join(" "));
  }
  await follows();
  assert.equal([existsSync(join(repository.path, "ran")), existsSync(join(repository.path, ".migrations", "ran"))], [false, false]);
});

test("hostile ids and messages: hints quote them, and a terminal is shown no control characters", async () => {
  const { repository, run, json } = await freshStory();
  const id = "$(touch${IFS}ran)'`;";
  const file = `-- gmig revision: ${id}\n-- gmig parents: nowhere\n-- gmig created: 2026-01-01T00:00:00Z\n-- gmig message: \u001b]0;owned\u0007 hi\n\n-- gmig up\nselect 1;\n\n-- gmig down\nselect 1;\n`;
  repository.commit("odd", { ".migrations/1_odd.sql": file });
  const refused = await json(["upgrade"]);
  assert.is(refused.json.error?.code, "PARENT_MISSING");
  assert.equal(wordsOf(refused.json.error?.hint ?? "", repository.path), ["rebase", id, "--onto", "REV"]);
  assert.is((await run(["rebase", id, "--onto", "base"])).status, 3);
  repository.commit("mended", { ".migrations/1_odd.sql": file.replace("nowhere", "") });
  for (const args of [["upgrade"], ["history"], ["show", id], ["heads"], ["log"]]) {
    const { status, stdout, stderr } = await run(args);
    assert.equal([args, status], [args, 0], stderr);
    // eslint-disable-next-line no-control-regex
    assert.not.match(stdout + stderr, /[\u0000-\u0009\u000b-\u001f\u007f-\u009f]/, args.join(" "));
  }
  assert.is(existsSync(join(repository.path, "ran")), false);
});

test("a malformed file in another branch is told with branch and file, and stops only what needs it", async () => {
  const { repository, run, json, status, sync, follows, unchanged, commit } = await freshStory();
  commit("a", "a");
  repository.branch("broken");
  repository.commit("bad", { ".migrations/9_bad.sql": MALFORMED });
  repository.git("switch", "main");
  repository.branch("work");
  commit("b", "b <- a");
  await run(["upgrade"]);
  repository.git("switch", "main");
  const found = await status();
  assert.equal([found["unknown"], found["next"]], [[{ revision: "b", foundIn: ["work"] }], "gmig sync"]);
  const checked = await json(["check", "--base", "broken"]);
  const [finding] = checked.json["findings"] as readonly { readonly code: string; readonly message: string }[];
  assert.equal([checked.status, finding?.code], [1, "REVISION_MALFORMED"]);
  assert.match(finding?.message ?? "", /broken.*9_bad\.sql/);
  assert.equal((await json(["check", "--base", "work"])).json, { ok: true, findings: [] });
  const named = await unchanged(async () => json(["upgrade", "git/broken"]));
  assert.equal([named.status, named.json.error?.code], [3, "REVISION_MALFORMED"]);
  assert.match((await run(["upgrade", "git/broken"])).stderr, /broken.*9_bad\.sql/);
  const [, rest = ""] = /^git (show [0-9a-f]{10}:.*)$/.exec(named.json.error?.hint ?? "") ?? [];
  assert.is(repository.git(...rest.split(" ")), MALFORMED.trimEnd());
  assert.is((await run(["rebase", "--onto", "git/broken"])).status, 3);
  assert.is(await sync(), "-b");
  await follows();
  assert.is((await run(["upgrade", "git/main"])).status, 0);
});

test.run();
