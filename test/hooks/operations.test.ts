import { suite } from "uvu";
import * as assert from "uvu/assert";
import { type HookedRepository, hookedRepository, revision } from "./hooked-repository.js";

const test = suite("hooks/operations");

/** An operation of Git, and which hooks come to start gmig. */
interface Row {
  readonly name: string;
  /** Brings the repository to where the operation begins. */
  readonly before?: (hooked: HookedRepository) => void;
  readonly operation: (hooked: HookedRepository) => readonly string[];
  /** The hooks that start gmig under `gmig.sync auto`. Commits in their arguments are left out. */
  readonly auto: readonly string[];
  /** The same under `report`. */
  readonly report?: readonly string[];
  /** What is said under `report`. */
  readonly says?: string;
}

function git(...operations: readonly (readonly string[])[]): Row["operation"] {
  return ({ calls }) => operations.flatMap((args) => calls(...args));
}

function prepare(...operations: readonly (readonly string[])[]): NonNullable<Row["before"]> {
  return ({ repository }) => {
    for (const args of operations) repository.run("-c", "core.hooksPath=/dev/null", ...args);
  };
}

/** Writes a file and stages it. */
function stage(hooked: HookedRepository, file: string, text: string): void {
  hooked.repository.write(file, text);
  hooked.repository.git("add", file);
}

/** Two lines that change README each. */
const CONFLICT = prepare(["switch", "-q", "docs"], ["switch", "-q", "-c", "other", "feature"]);
function conflict(hooked: HookedRepository): void {
  CONFLICT(hooked);
  stage(hooked, "README", "three\n");
  hooked.repository.git("-c", "core.hooksPath=/dev/null", "commit", "-q", "-m", "three");
  hooked.repository.git("-c", "core.hooksPath=/dev/null", "switch", "-q", "docs");
}

const AB = "gmig: this checkout adds 1_b.sql, lacks 1_c.sql\nhint: gmig sync\n";
const ADDS_B = "gmig: this checkout adds 1_b.sql\nhint: gmig sync\n";
const ADDS_C = "gmig: this checkout adds 1_c.sql\nhint: gmig sync\n";

const ROWS: readonly Row[] = [
  { name: "switch to a branch", operation: git(["switch", "feature"]), auto: ["post-checkout OLD NEW 1"], says: AB },
  { name: "checkout --detach", operation: git(["checkout", "--detach", "feature"]), auto: ["post-checkout OLD NEW 1"], says: AB },
  { name: "a branch that differs in no revision", operation: git(["switch", "docs"], ["switch", "main"]), auto: [] },
  { name: "switch -c, and the same branch again", operation: git(["switch", "-c", "new"], ["checkout", "new"]), auto: [] },
  { name: "checkout -- FILE outside the folder", operation: git(["checkout", "--", "README"]), auto: [] },
  { name: "merge, clean", operation: git(["merge", "-q", "feature"]), auto: ["post-merge 0"], report: ["post-merge 0"], says: ADDS_B },
  { name: "merge of a branch without revisions", operation: git(["merge", "-q", "docs"]), auto: [] },
  { name: "pull --ff-only", before: prepare(["switch", "-q", "-c", "old", "main~1"]), operation: git(["pull", "-q", "--ff-only", ".", "main"]), auto: ["post-merge 0"], report: ["post-merge 0"], says: ADDS_C },
  { name: "pull --rebase with nothing local", before: prepare(["switch", "-q", "-c", "old", "main~1"]), operation: git(["pull", "-q", "--rebase", ".", "main"]), auto: ["post-merge 0"], report: ["post-merge 0"], says: ADDS_C },
  { name: "merge --squash, then the commit", operation: git(["merge", "-q", "--squash", "feature"], ["commit", "-q", "-m", "squashed"]), auto: ["post-merge 1", "post-commit"], report: ["post-merge 1"], says: ADDS_B },
  {
    name: "merge with a conflict, then the commit",
    before: conflict,
    operation: (hooked) => {
      const merged = hooked.calls("merge", "other");
      stage(hooked, "README", "both\n");
      return [...merged, ...hooked.calls("commit", "-q", "-m", "merged")];
    },
    auto: ["post-commit"],
    report: ["post-commit"],
    says: ADDS_B,
  },
  {
    name: "merge --continue",
    before: conflict,
    operation: (hooked) => {
      const merged = hooked.calls("merge", "other");
      stage(hooked, "README", "both\n");
      return [...merged, ...hooked.calls("merge", "--continue")];
    },
    auto: ["post-commit"],
    report: ["post-commit"],
    says: ADDS_B,
  },
  { name: "merge --abort", before: conflict, operation: git(["merge", "other"], ["merge", "--abort"]), auto: [] },
  { name: "reset --hard", operation: git(["reset", "-q", "--hard", "feature"]), auto: [] },
  {
    name: "stash and stash pop",
    before: (hooked) => stage(hooked, ".migrations/1_d.sql", revision("d")),
    operation: git(["stash", "-q"], ["stash", "pop", "-q"]),
    auto: [],
  },
  { name: "rebase with picks", before: prepare(["switch", "-q", "feature"]), operation: git(["rebase", "-q", "main"]), auto: ["post-rewrite rebase"], report: ["post-rewrite rebase"], says: ADDS_C },
  { name: "rebase that only fast-forwards", before: prepare(["switch", "-q", "-c", "old", "main~1"]), operation: git(["rebase", "-q", "main"]), auto: ["post-checkout OLD NEW 1"], says: ADDS_C },
  { name: "rebase --abort", before: conflict, operation: git(["rebase", "-q", "other"], ["rebase", "--abort"]), auto: [] },
  // Git tells of the checkout before anything shows that a rebase is under way.
  {
    name: "rebase --apply with picks",
    before: prepare(["switch", "-q", "feature"]),
    operation: git(["rebase", "-q", "--apply", "main"]),
    auto: ["post-checkout OLD NEW 1", "post-rewrite rebase"],
    report: ["post-rewrite rebase"],
    says: `gmig: this checkout adds 1_c.sql, lacks 1_b.sql\nhint: gmig sync\n${ADDS_C}`,
  },
  {
    name: "commit",
    before: (hooked) => stage(hooked, ".migrations/1_d.sql", revision("d")),
    operation: git(["commit", "-q", "-m", "d"]),
    auto: ["post-commit"],
  },
  {
    name: "commit --amend with an edited revision",
    before: (hooked) => stage(hooked, ".migrations/1_c.sql", revision("c", "create table c (id int, name text);")),
    operation: git(["commit", "-q", "--amend", "-m", "again"]),
    auto: ["post-commit", "post-rewrite amend"],
    says: "gmig: this checkout changes 1_c.sql\nhint: gmig sync\n",
  },
  { name: "commit --amend of the message alone", operation: git(["commit", "-q", "--amend", "-m", "again"]), auto: [] },
  { name: "cherry-pick", operation: git(["cherry-pick", "feature"]), auto: ["post-commit"], says: ADDS_B },
  {
    name: "cherry-pick of several, the first with a revision",
    before: prepare(["switch", "-q", "-c", "two", "feature"], ["commit", "-q", "--allow-empty", "-m", "empty"], ["switch", "-q", "main"]),
    operation: git(["cherry-pick", "--allow-empty", "main~1..two"]),
    auto: ["post-commit"],
    says: ADDS_B,
  },
  { name: "revert", operation: git(["revert", "--no-edit", "HEAD"]), auto: ["post-commit"], says: "gmig: this checkout lacks 1_c.sql\nhint: gmig sync\n" },
  {
    name: "bisect",
    before: prepare(["merge", "-q", "feature"], ["commit", "-q", "--allow-empty", "-m", "last"]),
    operation: git(["bisect", "start"], ["bisect", "bad", "HEAD"], ["bisect", "good", "main~3"], ["bisect", "reset"]),
    auto: ["post-checkout OLD NEW 1", "post-checkout OLD NEW 1"],
    says: `gmig: this checkout lacks 1_c.sql\nhint: gmig sync\n${ADDS_C}`,
  },
  { name: "branch -f, branch -D, fetch", operation: git(["branch", "-f", "docs", "feature"], ["branch", "-D", "docs"], ["fetch", "-q", ".", "main"]), auto: [] },
  {
    name: "merge --autostash",
    before: (hooked) => stage(hooked, "README", "dirty\n"),
    operation: git(["merge", "-q", "--autostash", "feature"]),
    auto: [],
  },
  {
    name: "rebase --autostash",
    before: (hooked) => {
      prepare(["switch", "-q", "feature"])(hooked);
      stage(hooked, "README", "dirty\n");
    },
    operation: git(["rebase", "-q", "--autostash", "main"]),
    auto: [],
  },
  {
    name: "am of two patches",
    before: (hooked) => {
      prepare(["switch", "-q", "-c", "two", "feature"], ["commit", "-q", "--allow-empty", "-m", "empty"])(hooked);
      stage(hooked, "README", "patched\n");
      prepare(["commit", "-q", "-m", "patch"], ["format-patch", "-q", "-o", "patches", "main~1"], ["switch", "-q", "main"])(hooked);
    },
    operation: git(["am", "-q", "patches/0001-b.patch", "patches/0003-patch.patch"]),
    auto: ["post-applypatch"],
    says: ADDS_B,
  },
  { name: "switch --orphan", operation: git(["switch", "-q", "--orphan", "empty"]), auto: ["post-checkout OLD NEW 1"], says: "gmig: this checkout lacks 1_c.sql and 1 more\nhint: gmig sync\n" },
];

/** Commits follow from what happened before: only whether they differ is told. */
function withoutCommits(line: string): string {
  return line.replace(/\b([0-9a-f]{40}) ([0-9a-f]{40})\b/, (_, old, now) => (old === now ? "SAME SAME" : "OLD NEW"));
}

for (const { name, before, operation, auto, report = [], says = "" } of ROWS) {
  test(`${name}: ${auto.length === 0 ? "no hook starts gmig" : auto.join(", ")}`, async () => {
    const hooked = await hookedRepository("--mode", "auto");
    before?.(hooked);
    assert.equal(operation(hooked).map(withoutCommits), auto);
  });

  test(`${name}, under report`, async () => {
    const hooked = await hookedRepository();
    before?.(hooked);
    const said: string[] = [];
    const listening: HookedRepository = {
      ...hooked,
      calls: (...args) => {
        const { stderr, calls } = hooked.run(...args);
        said.push(...(stderr.match(/^(gmig|hint: gmig).*\n/gm) ?? []));
        return calls.map(({ line }) => line);
      },
    };
    assert.equal(operation(listening).map(withoutCommits), report);
    assert.is(said.join(""), says);
  });

  test(`${name}, with everything off`, async () => {
    const hooked = await hookedRepository("--mode", "off", "--merge", "off");
    before?.(hooked);
    assert.equal(operation(hooked), []);
  });
}

test.run();
