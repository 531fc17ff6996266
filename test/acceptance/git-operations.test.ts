import { join } from "node:path";
import { suite } from "uvu";
import * as assert from "uvu/assert";
import { freshFolder } from "../support/folder.js";
import { plantProgram } from "../hooks/hooked-repository.js";
import { assertFollows, type FollowedRepository, followedRepository, plantGmig } from "./followed-repository.js";

const test = suite("acceptance/git-operations");

/** An operation of Git, after which the database is as the checkout wants it, or gmig says what differs and mends it. */
interface Row {
  readonly name: string;
  /** Brings the repository to where the operation begins. */
  readonly before?: (followed: FollowedRepository) => void | Promise<void>;
  readonly operation: (followed: FollowedRepository) => void;
  /** Where no hook makes it follow: the command that `gmig status` names, which then mends it. */
  readonly mendedBy?: string;
  /** What else must hold afterwards. */
  readonly holds?: (followed: FollowedRepository) => void | Promise<void>;
}

function git(...operations: readonly (readonly string[])[]): Row["operation"] {
  return (followed) => {
    for (const args of operations) {
      const { status, said } = followed.git(...args);
      assert.is(status, 0, `git ${args.join(" ")}: ${said}`);
    }
  };
}

/** The same, hooks being at work: what was set up is followed, too. */
const prepare = git;

/** Two branches that change README each, as feature and main do their revisions. */
function conflict({ quietly, repository, git: run }: FollowedRepository): void {
  repository.commit("two", { README: "two\n" });
  quietly("switch", "-q", "feature");
  repository.commit("three", { README: "three\n" });
  assert.is(run("switch", "-q", "main").status, 0);
}

function resolved({ repository, git: run }: FollowedRepository, ...args: readonly string[]): void {
  assert.is(run("merge", "feature").status, 1);
  repository.write("README", "both\n");
  repository.git("add", "README");
  const { status, said } = run(...args);
  assert.is(status, 0, said);
}

/** The merge revision is in the merge commit itself, and nothing is left to be committed. */
function isFolded({ repository }: FollowedRepository): void {
  assert.is(repository.git("log", "-1", "--format=%P").split(" ").length, 2);
  assert.match(repository.git("ls-tree", "--name-only", "HEAD", ".migrations/"), /_merge\.sql$/m);
  assert.is(repository.git("status", "--porcelain"), "");
}

const onFeature = prepare(["switch", "-q", "feature"]);
const onOld = prepare(["switch", "-q", "-c", "old", "main~1"]);
const folded = (followed: FollowedRepository): void => {
  prepare(["switch", "-q", "-c", "work", "main"], ["merge", "-q", "-m", "merge", "feature"])(followed);
  isFolded(followed);
};

/** A revision that is staged and applied. */
async function withD({ stage, gmig }: FollowedRepository): Promise<void> {
  stage("d <- c");
  assert.is((await gmig(["upgrade"])).status, 0);
}

/** While d lay in the autostash, it only looked gone. */
async function wasNeverReverted({ gmig }: FollowedRepository): Promise<void> {
  const { log } = JSON.parse((await gmig(["log", "--json"])).stdout) as { readonly log: readonly { readonly action: string; readonly revision: string | null }[] };
  assert.equal(log.filter(({ revision }) => revision === "d").map(({ action }) => action), ["up"]);
}

const ROWS: readonly Row[] = [
  { name: "switch to a branch, and back", operation: git(["switch", "feature"], ["switch", "main"], ["switch", "feature"]) },
  { name: "checkout --detach", operation: git(["checkout", "-q", "--detach", "feature"]) },
  { name: "checkout of a remote branch", before: ({ quietly, repository }) => {
    const clone = repository.clone();
    quietly("remote", "add", "other", clone.path);
    quietly("fetch", "-q", "other");
    clone.git("switch", "-q", "feature");
    clone.commit("d", { ".migrations/1_d.sql": "-- gmig revision: d\n-- gmig parents: b\n-- gmig up\ncreate table d (id int);\n-- gmig down\ndrop table d;\n" });
    clone.git("switch", "-q", "-c", "theirs");
    quietly("fetch", "-q", "other");
  }, operation: git(["switch", "-q", "--track", "other/theirs"]) },
  { name: "switch -c, and the same branch again", operation: git(["switch", "-q", "-c", "new"], ["checkout", "-q", "new"]) },
  { name: "checkout -- FILE of a revision that was removed", before: ({ repository }) => {
    repository.git("rm", "-q", ".migrations/1_c.sql");
    repository.git("-c", "core.hooksPath=/dev/null", "reset", "-q");
  }, operation: git(["checkout", "--", ".migrations/1_c.sql"]) },
  { name: "restore FILE of a revision that was edited", before: async ({ repository, gmig }) => {
    repository.write(".migrations/1_c.sql", repository.read(".migrations/1_c.sql").replace("-- gmig up\n", "-- gmig up\ncreate table more (id int);\n").replace("-- gmig down\n", "-- gmig down\ndrop table more;\n"));
    assert.is((await gmig(["sync"])).status, 0);
  }, operation: git(["restore", ".migrations/1_c.sql"]) },
  { name: "checkout of one revision file from another branch", operation: git(["checkout", "feature", "--", ".migrations/1_b.sql"]) },
  { name: "merge, clean", operation: git(["merge", "-q", "-m", "merge", "feature"]), holds: isFolded },
  { name: "pull --ff-only", before: onOld, operation: git(["pull", "-q", "--ff-only", ".", "main"]) },
  { name: "pull --rebase with nothing local", before: onOld, operation: git(["pull", "-q", "--rebase", ".", "main"]) },
  { name: "merge --squash, then the commit", operation: git(["merge", "-q", "--squash", "feature"], ["commit", "-q", "-m", "squashed"]) },
  { name: "merge with a conflict, then the commit", before: conflict, operation: (followed) => resolved(followed, "commit", "-q", "-m", "merged"), holds: isFolded },
  { name: "merge with a conflict, then commit -a", before: conflict, operation: (followed) => resolved(followed, "commit", "-q", "-a", "-m", "merged"), holds: isFolded },
  { name: "merge --continue", before: conflict, operation: (followed) => resolved(followed, "merge", "--continue"), holds: isFolded },
  { name: "merge --abort", before: conflict, operation: ({ git: run }) => {
    assert.is(run("merge", "feature").status, 1);
    assert.is(run("merge", "--abort").status, 0);
  } },
  { name: "reset --hard", operation: git(["reset", "-q", "--hard", "feature"]), mendedBy: "gmig sync" },
  { name: "stash of a revision that is applied", before: withD, operation: git(["stash", "-q"]), mendedBy: "gmig sync" },
  { name: "stash pop", before: async (followed) => {
    await withD(followed);
    git(["stash", "-q"])(followed);
    assert.is((await followed.gmig(["sync"])).status, 0);
  }, operation: git(["stash", "pop", "-q"]), mendedBy: "gmig upgrade" },
  { name: "rebase with picks", before: onFeature, operation: git(["rebase", "-q", "main"]) },
  { name: "rebase that only fast-forwards", before: onOld, operation: git(["rebase", "-q", "main"]) },
  { name: "rebase --apply with picks", before: onFeature, operation: git(["rebase", "-q", "--apply", "main"]) },
  { name: "rebase --abort", before: (followed) => {
    conflict(followed);
    onFeature(followed);
  }, operation: ({ git: run }) => {
    assert.is(run("rebase", "-q", "main").status, 1);
    assert.is(run("rebase", "--abort").status, 0);
  } },
  { name: "rebase over a folded merge", before: folded, operation: ({ git: run, repository }) => {
    repository.commit("more", { README: "more\n" });
    const { status, said } = run("rebase", "-q", "--onto", "main~1", "main~1");
    assert.is(status, 0, said);
    // What lived in the merge commit alone is gone, and the two heads are joined again.
    assert.match(said, /gmig: wrote \.migrations\/\S+_merge\.sql, which joins b and c; it is part of commit [0-9a-f]{12} now/);
  } },
  { name: "rebase --rebase-merges of a folded merge", before: folded, operation: ({ git: run, repository, quietly }) => {
    quietly("switch", "-q", "main");
    repository.commit("upstream", { OTHER: "x\n" });
    assert.is(run("switch", "-q", "work").status, 0);
    const { status, said } = run("rebase", "-q", "--rebase-merges", "main");
    assert.is(status, 0, said);
    // What lived in the merge commit alone is gone, and the two heads are joined again.
    assert.match(said, /gmig: wrote \.migrations\/\S+_merge\.sql, which joins b and c; it is part of commit [0-9a-f]{12} now/);
  } },
  { name: "commit --amend with an edited revision", before: ({ stage }) => stage("c <- a", "create table c (id int, other int);", "drop table c;"), operation: git(["commit", "-q", "--amend", "-m", "again"]) },
  { name: "cherry-pick", operation: git(["cherry-pick", "feature"]) },
  { name: "revert", operation: git(["revert", "--no-edit", "HEAD"]) },
  { name: "bisect", before: (followed) => {
    prepare(["merge", "-q", "-m", "merge", "feature"])(followed);
    followed.repository.commit("last", { README: "last\n" });
  }, operation: git(["bisect", "start"], ["bisect", "bad", "HEAD"], ["bisect", "good", "main~3"]) },
  { name: "bisect reset", before: (followed) => {
    prepare(["merge", "-q", "-m", "merge", "feature"])(followed);
    followed.repository.commit("last", { README: "last\n" });
    git(["bisect", "start"], ["bisect", "bad", "HEAD"], ["bisect", "good", "main~3"])(followed);
  }, operation: git(["bisect", "reset"]) },
  { name: "bisect run", before: (followed) => prepare(["merge", "-q", "-m", "merge", "feature"])(followed), operation: git(["bisect", "start", "HEAD", "main~2"], ["bisect", "run", "sh", "-c", "test ! -e .migrations/1_b.sql"]) },
  { name: "branch -f, branch -D, fetch", operation: git(["branch", "-q", "-f", "docs", "feature"], ["branch", "-q", "-D", "docs"], ["fetch", "-q", ".", "main"]) },
  { name: "branch -D of what is checked out elsewhere in time", before: onFeature, operation: ({ quietly, git: run }) => {
    quietly("switch", "-q", "--detach", "main");
    quietly("branch", "-q", "-D", "feature");
    assert.is(run("switch", "-q", "main").status, 0);
  }, mendedBy: "gmig sync" },
  { name: "merge --autostash with a staged, applied revision", before: withD, operation: git(["merge", "-q", "-m", "merge", "--autostash", "feature"]), mendedBy: "gmig merge heads", holds: wasNeverReverted },
  { name: "merge --autostash", before: ({ repository }) => repository.write("README", "dirty\n"), operation: git(["merge", "-q", "-m", "merge", "--autostash", "feature"]), mendedBy: "gmig merge heads" },
  { name: "rebase --autostash with a staged, applied revision", before: async (followed) => {
    onFeature(followed);
    followed.stage("d <- b");
    assert.is((await followed.gmig(["upgrade"])).status, 0);
  }, operation: git(["rebase", "-q", "--autostash", "main"]), mendedBy: "gmig merge heads", holds: wasNeverReverted },
  { name: "rebase --autostash", before: (followed) => {
    onFeature(followed);
    followed.repository.write("README", "dirty\n");
  }, operation: git(["rebase", "-q", "--autostash", "main"]), mendedBy: "gmig merge heads" },
  { name: "am", before: ({ quietly }) => quietly("format-patch", "-q", "-o", "node_modules/patches", "main..feature"), operation: git(["am", "-q", "node_modules/patches/0001-b.patch"]) },
];

for (const { name, before, operation, mendedBy, holds } of ROWS) {
  test(`${name}: ${mendedBy === undefined ? "the database follows" : `${mendedBy} mends it`}`, async () => {
    const followed = await followedRepository();
    await before?.(followed);
    operation(followed);
    if (mendedBy !== undefined) {
      const { upToDate, next } = await followed.status();
      assert.equal([upToDate, next], [false, mendedBy]);
      for (const command of [mendedBy, "gmig sync"]) {
        const { status, stderr } = await followed.gmig(command.split(" ").slice(1));
        assert.is(status, 0, stderr);
      }
    }
    await assertFollows(followed);
    await holds?.(followed);
  });
}

test("worktree add: the new worktree is told what it lacks, and Git goes on", async () => {
  const followed = await followedRepository();
  const beside = join(freshFolder(), "beside");
  const { status, said } = followed.git("worktree", "add", "-q", "-b", "beside", beside, "feature");
  assert.is(status, 0, said);
  assert.match(said, /gmig: the database was not brought along: there is no .*node_modules\/\.bin\/gmig/);
  followed.quietly("worktree", "remove", "--force", beside);
  await assertFollows(followed);
});

test("worktree add with a gmig in it: from then on the database follows the worktree", async () => {
  const followed = await followedRepository();
  const beside = followed.repository.worktree("beside");
  plantGmig(beside.path);
  assert.equal((await followed.status(beside)).upToDate, true);
  const { status, stderr } = beside.run("merge", "-q", "-m", "merge", "feature");
  assert.is(status, 0, stderr);
  assert.match(stderr, /left alone|the database follows/);
  await assertFollows(followed, beside);
});

for (const broken of ["a program that fails", "a database that is gone"]) {
  test(`${broken} stops no operation of Git`, async () => {
    const followed = await followedRepository();
    const { repository } = followed;
    if (broken === "a program that fails") plantProgram(join(repository.path, "node_modules/.bin/gmig"), "#!/bin/sh\necho no >&2\nexit 1\n");
    else await followed.drop();
    git(["switch", "-q", "feature"], ["switch", "-q", "main"], ["merge", "-q", "-m", "merge", "feature"])(followed);
    git(["switch", "-q", "-c", "again", "feature"], ["rebase", "-q", "main"], ["commit", "-q", "--allow-empty", "-m", "empty"])(followed);
    followed.stage("e <- b");
    git(["commit", "-q", "-m", "e"], ["commit", "-q", "--amend", "-m", "e again"], ["revert", "--no-edit", "HEAD"], ["worktree", "add", "-q", "-b", "beside", join(freshFolder(), "beside"), "feature"])(followed);
  });
}

test("a clone whose template has the hooks: nothing runs, and Git goes on", async () => {
  const followed = await followedRepository();
  const { repository } = followed;
  const clone = repository.clone(`--template=${repository.path}/.git`);
  assert.is(clone.git("rev-parse", "HEAD"), repository.git("rev-parse", "HEAD"));
  await assertFollows(followed);
});

test("switch --orphan and a sparse checkout without the folder hide all revisions: sync refuses, and what follows is as it was", async () => {
  const ways: readonly (readonly [go: readonly string[], back: readonly string[]])[] = [
    [["switch", "-q", "--orphan", "empty"], ["switch", "-q", "main"]],
    [["sparse-checkout", "set", "--no-cone", "/README", "/gmig.config.json", "/.gitignore"], ["sparse-checkout", "disable"]],
  ];
  for (const [go, back] of ways) {
    const followed = await followedRepository();
    const { status, said } = followed.git(...go);
    assert.is(status, 0, said);
    if (go[0] === "switch") followed.repository.write("gmig.config.json", JSON.stringify({ database: followed.url }));
    const refused = await followed.gmig(["sync", "--json"]);
    assert.equal([refused.status, (JSON.parse(refused.stdout) as { error: { code: string } }).error.code], [3, "FOLDER_ABSENT"]);
    if (go[0] === "switch") followed.quietly("clean", "-q", "-f", "gmig.config.json");
    git(back)(followed);
    await assertFollows(followed);
  }
});

test.run();
