import { spawnSync } from "node:child_process";
import { writeFileSync } from "node:fs";
import { join } from "node:path";
import { suite } from "uvu";
import * as assert from "uvu/assert";
import { freshFolder } from "../support/folder.js";
import { skip } from "../support/skip.js";
import { gmigIn, hookedRepository, plantProgram, revision } from "./hooked-repository.js";

const test = suite("hooks/odd-names");

const SHELLS: readonly (readonly [program: string, ...args: readonly string[]])[] = [["dash"], ["bash", "--posix"], ["bash"], ["busybox", "sh"], ["ksh"], ["mksh"]];

/** Names that mean something to a shell, to git or to a terminal. */
const NAMES = ["a b", "it's", '"q"', "$(touch ran)", "`touch ran`", "${IFS}", "-n", "--help", "*", "[a]", "a\\nb", "~", "#", ";touch ran", "&", "a\nb", "\u001b[31mred", ":(top)x", "ü", "%s", "!x"];

test("files of any name are counted, shown without what a terminal obeys, and run nothing", async () => {
  const { repository, run } = await hookedRepository();
  repository.branch("odd");
  repository.commit("odd", Object.fromEntries(NAMES.map((name) => [`.migrations/${name}.sql`, revision("x")])));
  repository.git("switch", "-q", "main");
  const shown = run("switch", "-q", "odd").stderr;
  assert.match(shown, new RegExp(`^gmig: this checkout adds \\S.* and ${NAMES.length - 1} more\nhint: gmig sync\n$`));
  for (const name of NAMES) {
    repository.git("switch", "-q", "main");
    repository.git("switch", "-q", "-C", "one");
    repository.commit("one", { [`.migrations/${name}.sql`]: revision("x") });
    repository.git("switch", "-q", "main");
    const { stderr, status } = run("switch", "-q", "one");
    assert.equal([name, status, stderr.split("\n").length], [name, 0, 3]);
    // eslint-disable-next-line no-control-regex
    assert.not.match(stderr.replaceAll("\n", ""), /[^\x20-\x7e]/);
  }
  assert.is(repository.run("ls-files", "--others", "ran").stdout, "");
});

test("only revisions are told of", async () => {
  const { repository, run } = await hookedRepository();
  repository.git("switch", "-q", "-c", "others");
  repository.commit("others", { ".migrations/README.md": "", ".migrations/.hidden.ts": "", ".migrations/types.d.ts": "", ".migrations/1.js.map": "", "elsewhere/1.sql": "" });
  assert.is(run("switch", "-q", "main").stderr, "");
  repository.git("switch", "-q", "others");
  repository.commit("all", Object.fromEntries(["ts", "mts", "cts", "js", "mjs", "cjs", "sql"].map((extension) => [`.migrations/1.${extension}`, ""])));
  assert.match(run("switch", "-q", "main").stderr, /lacks 1\.ts and 6 more\n/);
});

test("branches, worktrees and projects of any name", async () => {
  const { repository, run } = await hookedRepository("--mode", "auto");
  for (const name of ["it's", '"q"', "$(touch${IFS}ran)", "`touch`", "ü", ";ran", "a&b", "%s"]) {
    repository.git("-c", "core.hooksPath=/dev/null", "switch", "-q", "main");
    repository.git("-c", "core.hooksPath=/dev/null", "branch", "-f", "--", name, "feature");
    assert.equal([name, run("switch", "-q", name).calls.length], [name, 1]);
  }
  const bin = repository.read("node_modules/.bin/gmig");
  for (const name of ["a b", "it's", "$(touch ran)", "-n", "a\nb", "*"]) {
    const top = join(freshFolder(), name);
    assert.is(run("worktree", "add", "-q", "--detach", top, "main").status, 0);
    plantProgram(join(top, "node_modules/.bin/gmig"), bin);
    const [call] = run("-C", top, "switch", "-q", "--detach", "feature").calls;
    assert.equal([call?.cwd, call?.env["GMIG_HOOK_TOP"], call?.env["GIT_WORK_TREE"]], [top, top, top]);
  }
});

test("projects and revisions folders of any name but with a line's end", async () => {
  for (const name of NAMES) {
    const { repository, run } = await hookedRepository("--mode", "auto");
    const [project, folder] = [`packages/${name}`, `packages/${name}/of ${name}`];
    repository.git("-c", "core.hooksPath=/dev/null", "switch", "-q", "-c", "odd");
    repository.commit("odd", { [`${project}/gmig.config.json`]: JSON.stringify({ migrations: `of ${name}` }), [`${folder}/1.sql`]: "" });
    const { status, stdout } = await gmigIn(repository, ["hooks", "install", "--json"], join(repository.path, project));
    if (name.includes("\n")) {
      assert.equal([status, (JSON.parse(stdout) as { error: { code: string } }).error.code], [2, "CONFIG_INVALID"]);
      continue;
    }
    repository.commit("more", { [`${folder}/2.sql`]: "" });
    const [call, ...others] = run("checkout", "-q", "HEAD~1").calls;
    assert.equal([name, call?.cwd, call?.env["GMIG_HOOK_FOLDERS"], others.length], [name, join(repository.path, project), folder, 0]);
    assert.is(repository.run("ls-files", "--others", "*ran*").stdout, "");
  }
});

for (const [program, ...args] of SHELLS) {
  const name = [program, ...args].join(" ");
  const path = spawnSync("sh", ["-c", 'command -v "$1"', "sh", program], { encoding: "utf8" }).stdout.trim();
  if (path === "") {
    skip(test, `the shim and the hooks in ${name}`, "this shell is not here");
    continue;
  }
  test(`the shim and the hooks in ${name}`, async () => {
    const { repository, run, calls, answer } = await hookedRepository("--mode", "auto", "--push", "check");
    for (const file of ["gmig-hook", "post-checkout", "post-rewrite", "pre-push"]) {
      const lines = repository.read(`.git/hooks/${file}`).replace(/^#!.*/, `#!${path} ${args.join(" ")}`);
      writeFileSync(join(repository.path, ".git/hooks", file), lines);
    }
    const commits = ["main", "feature"].map((branch) => repository.git("rev-parse", branch));
    assert.equal(calls("switch", "-q", "feature"), [`post-checkout ${commits.join(" ")} 1`]);
    const before = repository.git("rev-parse", "HEAD");
    const [rebase] = run("rebase", "-q", "main").calls;
    assert.equal([rebase?.line, rebase?.input], ["post-rewrite rebase", `${before} ${repository.git("rev-parse", "HEAD")}\n`]);
    answer("", 3);
    assert.is(run("push", "-q", repository.clone("--bare").path, "main:new").status, 1);
    repository.git("config", "gmig.sync", "report");
    const { stderr } = run("switch", "-q", "docs");
    assert.is(stderr, "gmig: this checkout lacks 1_b.sql\nhint: gmig sync\n");
  });
}

test.run();
