import { rmSync, symlinkSync } from "node:fs";
import { join } from "node:path";
import { suite } from "uvu";
import * as assert from "uvu/assert";
import { canaryProgram, type HookedRepository, hookedRepository, plantProgram, revision } from "./hooked-repository.js";

const test = suite("hooks/strangers");

/** Makes a branch `stranger` on main with whatever `plant` puts into the worktree, ignored files included, and goes back to main. */
function strangersBranch({ repository }: HookedRepository, plant: (at: (path: string) => string) => void): void {
  const aside = repository.worktree("stranger");
  plant((path) => join(aside.path, path));
  aside.write(".migrations/1_s.sql", revision("s"));
  aside.git("add", "--all", "--force");
  aside.git("-c", "core.hooksPath=/dev/null", "commit", "-q", "-m", "stranger");
  repository.git("worktree", "remove", "--force", aside.path);
}

/** Everything of a project that some program runs by itself. */
function plantEverything({ repository, canary }: HookedRepository): (at: (path: string) => string) => void {
  const program = canaryProgram(canary);
  const code = `require("node:fs").appendFileSync(${JSON.stringify(canary)}, __filename);`;
  const shell = `echo config >>'${canary}'`;
  return (at) => {
    for (const path of ["node_modules/.bin/gmig", "node_modules/.bin/git", "node_modules/.bin/node", "node_modules/.bin/sh", "gmig-hook", "hooks/gmig-hook", ".husky/post-checkout", ".husky/_/h", ".husky/_/post-checkout", ".githooks/post-checkout", "gmig", "node", "git"]) {
      plantProgram(at(path), program);
    }
    plantProgram(at("node_modules/gmig/bin/gmig.js"), code);
    plantProgram(at("gmig.config.cjs"), code);
    plantProgram(at("gmig.config.json"), `{"migrations": "$(${shell})"}`);
    plantProgram(at(".migrations/2_code.cjs"), `exports.revision = "code"; exports.parents = [];\n${code}`);
    plantProgram(at("lefthook.yml"), `post-checkout:\n  commands:\n    a:\n      run: ${shell}\npost-merge:\n  commands:\n    a:\n      run: ${shell}\n`);
    plantProgram(at("package.json"), JSON.stringify({ scripts: { prepare: shell, postinstall: shell }, "simple-git-hooks": { "post-checkout": shell } }));
    plantProgram(at(".npmrc"), `node-options=--require ${at("gmig.config.cjs")}\n`);
    plantProgram(at(".gitattributes"), "* diff=evil filter=evil merge=evil\n");
    plantProgram(at(".gitconfig"), `[gmig]\n\tsync = auto\n[core]\n\tfsmonitor = ${repository.path}/gmig\n`);
  };
}

const OPERATIONS: readonly (readonly string[])[] = [
  ["switch", "stranger"],
  ["switch", "main"],
  ["checkout", "stranger", "--", ".migrations"],
  ["reset", "-q", "--hard"],
  ["cherry-pick", "stranger"],
  ["reset", "-q", "--hard", "HEAD~1"],
  ["switch", "feature"],
  ["rebase", "stranger"],
  ["switch", "docs"],
  ["merge", "--no-edit", "stranger"],
  ["commit", "--amend", "-m", "merged again"],
  ["switch", "-c", "forward", "main"],
  ["merge", "--ff-only", "stranger"],
  ["commit", "-q", "--allow-empty", "-m", "mine"],
  ["push", ".", "HEAD:refs/heads/pushed"],
];

test("a stranger's branch that tracks everything runs none of it, whatever is done with it", async () => {
  const hooked = await hookedRepository("--push", "check");
  strangersBranch(hooked, plantEverything(hooked));
  for (const operation of OPERATIONS) {
    const { status, stderr } = hooked.run(...operation);
    assert.equal([operation.join(" "), status, stderr.includes("fatal")], [operation.join(" "), 0, false]);
    assert.not(hooked.hasRun(), operation.join(" "));
  }
});

test("under auto the same branch does run: somebody has said so", async () => {
  const hooked = await hookedRepository("--mode", "auto");
  strangersBranch(hooked, plantEverything(hooked));
  hooked.run("switch", "-q", "stranger");
  assert.ok(hooked.hasRun());
});

test("a stranger's merge: gmig is not started where Git tracks anything in node_modules, and is where not", async () => {
  const trusted = await hookedRepository();
  strangersBranch(trusted, (at) => rmSync(at("README")));
  assert.equal(trusted.calls("merge", "-q", "stranger"), ["post-merge 0"]);
  for (const path of ["node_modules/.bin/gmig", "node_modules/gmig/bin/gmig.js", "node_modules/chalk/index.js", "Node_Modules/.bin/gmig"]) {
    const hooked = await hookedRepository();
    strangersBranch(hooked, (at) => plantProgram(at(path), canaryProgram(hooked.canary)));
    assert.equal([path, hooked.calls("merge", "-q", "stranger"), hooked.hasRun()], [path, [], false]);
  }
});

test("node_modules as a link to what the branch tracks", async () => {
  const hooked = await hookedRepository();
  strangersBranch(hooked, (at) => {
    plantProgram(at("evil/.bin/gmig"), canaryProgram(hooked.canary));
    symlinkSync("evil", at("node_modules"));
  });
  // Git may replace what is ignored; here it already has.
  rmSync(join(hooked.repository.path, "node_modules"), { recursive: true });
  assert.is(hooked.run("merge", "-q", "stranger").status, 0);
  assert.not(hooked.hasRun());
});

test("the project's folder as a link, into the branch or out of it", async () => {
  for (const target of ["../evil", join("/", "dev")]) {
    const hooked = await hookedRepository();
    const { repository, canary } = hooked;
    repository.git("config", "gmig.project", "packages/api");
    strangersBranch(hooked, (at) => {
      plantProgram(at("evil/node_modules/.bin/gmig"), canaryProgram(canary));
      plantProgram(at("packages/README"), "");
      symlinkSync(target, at("packages/api"));
    });
    assert.equal([hooked.calls("merge", "-q", "stranger"), hooked.hasRun()], [[], false]);
  }
});

test("a package that is a link into the worktree is the branch's own code", async () => {
  const links: readonly (readonly [link: string, target: string, project: string, planted: string])[] = [
    ["node_modules/gmig", "../tools/gmig", ".", "tools/gmig/bin/gmig.js"],
    ["node_modules/.bin/gmig", "../../tools/gmig/bin/gmig.js", ".", "tools/gmig/bin/gmig.js"],
    ["node_modules/gmig", "../elsewhere/node_modules/gmig", ".", "elsewhere/node_modules/gmig/bin/gmig.js"],
    ["node_modules/gmig", "../packages/gmig", "packages/gmig", "packages/gmig/bin/gmig.js"],
  ];
  for (const [link, target, project, planted] of links) {
    const hooked = await hookedRepository();
    const { repository, canary } = hooked;
    repository.git("config", "gmig.project", project);
    rmSync(join(repository.path, link), { recursive: true, force: true });
    symlinkSync(target, join(repository.path, link));
    strangersBranch(hooked, (at) => plantProgram(at(planted), canaryProgram(canary)));
    assert.equal([target, hooked.calls("merge", "-q", "stranger"), hooked.hasRun()], [target, [], false]);
  }
});

test("a package kept at the top of a workspace, reached from a project below", async () => {
  const start = async (track: string): Promise<readonly string[]> => {
    const hooked = await hookedRepository();
    const { repository } = hooked;
    repository.git("config", "gmig.project", "packages/api");
    repository.commit("api", { "packages/api/README": "" });
    plantProgram(join(repository.path, "packages/api/node_modules/.bin/gmig"), repository.read("node_modules/.bin/gmig"));
    plantProgram(join(repository.path, "node_modules/.store/gmig/package.json"), "{}");
    symlinkSync("../../../node_modules/.store/gmig", join(repository.path, "packages/api/node_modules/gmig"));
    strangersBranch(hooked, (at) => plantProgram(at(track), canaryProgram(hooked.canary)));
    const calls = hooked.calls("merge", "-q", "stranger");
    assert.not(hooked.hasRun());
    return calls;
  };
  assert.equal(await start("elsewhere/node_modules/gmig/package.json"), ["post-merge 0"]);
  assert.equal(await start("node_modules/.store/gmig/package.json"), []);
  assert.equal(await start("packages/node_modules/x"), []);
});

test("husky's PATH, in which the checkout's own programs come first", async () => {
  const hooked = await hookedRepository();
  strangersBranch(hooked, plantEverything(hooked));
  const { repository } = hooked;
  repository.write(".git/hooks/post-checkout", `#!/bin/sh\nPATH="node_modules/.bin:$PATH"\nexport PATH\n${repository.read(".git/hooks/post-checkout")}`);
  assert.is(hooked.run("switch", "-q", "stranger").stderr, "gmig: this checkout adds 2_code.cjs and 1 more\nhint: gmig sync\n");
  assert.not(hooked.hasRun());
});

test.run();
