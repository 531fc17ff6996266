import { chmodSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { suite } from "uvu";
import * as assert from "uvu/assert";
import { freshRepository, type Repository } from "../support/repository.js";
import { gmigIn } from "./hooked-repository.js";

const test = suite("hooks/chaining");

/** What was there before gmig, by hook: it tells its arguments and standard input on stderr. */
const TELL = `echo "told $# $*" >&2\nwhile read -r line; do echo "read $line" >&2; done\n`;

interface Chained {
  readonly repository: Repository;
  readonly hook: (name: string, text: string) => void;
  readonly install: () => Promise<void>;
}

/** A repository with a revision on main, and another on feature. */
function chained(): Chained {
  const repository = freshRepository();
  repository.commit("one", { "gmig.config.json": "{}", ".migrations/1_a.sql": "" });
  repository.branch("feature");
  repository.commit("two", { ".migrations/1_b.sql": "" });
  repository.git("switch", "-q", "main");
  repository.commit("three", { README: "" });
  return {
    repository,
    hook: (name, text) => {
      repository.write(join(".git/hooks", name), text);
      chmodSync(join(repository.path, ".git/hooks", name), 0o755);
    },
    install: async () => {
      const { status, stderr } = await gmigIn(repository, ["hooks", "install"]);
      assert.is(status, 0, stderr);
    },
  };
}

const FIRST_LINES = ["#!/bin/sh\n", "#!/bin/sh -eu\n", "#!/usr/bin/env bash\nset -euo pipefail\n", "#! /bin/bash\n", ""];

for (const first of FIRST_LINES) {
  test(`what was there gets the same arguments and standard input after ${JSON.stringify(first)}`, async () => {
    const { repository, hook, install } = chained();
    for (const name of ["post-checkout", "post-rewrite", "pre-push", "pre-commit"]) hook(name, first + TELL);
    const { path } = repository.clone("--bare");
    const said = (): readonly string[] => {
      repository.git("switch", "-q", "main");
      repository.git("branch", "-f", "line", "feature");
      const runs = [["switch", "-q", "line"], ["rebase", "-q", "main"], ["push", "-q", "-f", path, "line", "main:x"], ["push", "-q", path, ":x"], ["push", "-q", path, "main"]];
      return runs.map((args) => repository.run(...args).stderr.replace(/^(gmig: this|hint: gmig sync).*\n/gm, "").replace(/[0-9a-f]{40}/g, "ID"));
    };
    const before = said();
    await install();
    assert.equal(said(), before);
    assert.match(before.join(""), /told 2[\s\S]*read refs\/heads\/line/);
  });
}

for (const status of [0, 1, 7]) {
  test(`a hook ends with ${status} as before`, async () => {
    const { repository, hook, install } = chained();
    for (const name of ["pre-commit", "pre-push", "post-checkout"]) hook(name, `#!/bin/sh\n(exit ${status})\n`);
    await install();
    assert.is(repository.run("commit", "-q", "--allow-empty", "-m", "x").status === 0, status === 0);
    assert.is(repository.run("push", "-q", repository.clone("--bare").path, "main:x").status === 0, status === 0);
    assert.is(repository.run("switch", "-q", "feature").status, status === 0 ? 0 : 1);
  });
}

test("exit, exec and an empty standard input in what was there", async () => {
  const { repository, hook, install } = chained();
  hook("post-checkout", '#!/bin/sh\nexec echo "$@"\n');
  hook("post-commit", "#!/bin/sh\necho before >&2\nexit 0\necho never >&2\n");
  hook("pre-push", "#!/bin/sh\necho \"$(wc -l) lines\" >&2\n");
  await install();
  assert.match(repository.run("switch", "-q", "feature").stderr, /^gmig: this checkout adds 1_b\.sql\nhint: gmig sync\n[0-9a-f]{40} [0-9a-f]{40} 1\n$/);
  assert.is(repository.run("commit", "-q", "--allow-empty", "-m", "x").stderr, "before\n");
  const { path } = repository.clone("--bare");
  repository.git("--git-dir", path, "update-ref", "refs/heads/main", "main");
  assert.match(repository.run("push", "-q", path, "main:main").stderr, /^0 lines\n$/);
});

test("a file of marked lines alone, without gmig, costs nothing and ends well", async () => {
  const { repository, install } = chained();
  await install();
  repository.git("config", "--unset-all", "gmig.folder");
  writeFileSync(join(repository.path, ".git/hooks/gmig-hook"), "#!/bin/sh\nexit 9\n");
  for (const args of [["switch", "-q", "feature"], ["commit", "-q", "--allow-empty", "-m", "x"], ["rebase", "-q", "main"]]) {
    const { status, stderr } = repository.run(...args);
    assert.equal([status, stderr], [0, ""]);
  }
});

test.run();
