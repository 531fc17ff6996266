import { existsSync, mkdirSync, readdirSync, rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import { suite } from "uvu";
import * as assert from "uvu/assert";
import { configFrom } from "../../src/config/load-config.js";
import type { UserConfig } from "../../src/config/user-config.js";
import { heads, type HeadsResult } from "../../src/workflow/heads.js";
import { freshFolder } from "../support/folder.js";
import { sqlRevision } from "../support/git-project.js";

const test = suite("workflow/heads");

interface Place {
  readonly root: string;
  readonly write: (name: string, text: string) => void;
  /** Asks as soon as what was written is old enough for the answer to be kept. */
  readonly ask: (more?: Partial<UserConfig>) => Promise<HeadsResult>;
}

function freshPlace(): Place {
  const root = freshFolder();
  mkdirSync(join(root, ".migrations/sub"), { recursive: true });
  mkdirSync(join(root, "other"));
  return {
    root,
    write: (name, text) => writeFileSync(join(root, name), text),
    async ask(more = {}) {
      await sleep(30);
      return heads(configFrom({ database: "pglite:memory", ...more }, root));
    },
  };
}

function ids({ heads: found }: HeadsResult): readonly string[] {
  return found.map(({ revision }) => revision);
}

test("the second answer is the first one, and what changes is in the next", async () => {
  const { root, write, ask } = freshPlace();
  write(".migrations/a.sql", sqlRevision("a").text);
  write(".migrations/b.sql", sqlRevision("b <- a").text);
  const first = await ask();
  assert.equal(ids(first), ["b"]);
  assert.equal(await ask(), first);
  assert.is(readdirSync(join(root, ".gmig/cache/answers")).length, 1);
  write(".migrations/c.sql", sqlRevision("c <- a").text);
  assert.equal(ids(await ask()).toSorted(), ["b", "c"]);
  rmSync(join(root, ".migrations/b.sql"));
  assert.equal(ids(await ask()), ["c"]);
});

test("folders, and whether theirs are searched too, belong to the question", async () => {
  const { write, ask } = freshPlace();
  write(".migrations/a.sql", sqlRevision("a").text);
  write(".migrations/sub/b.sql", sqlRevision("b <- a").text);
  write("other/c.sql", sqlRevision("c <- a").text);
  for (const _ of ["asked", "asked again"]) {
    assert.equal(ids(await ask()), ["a"]);
    assert.equal(ids(await ask({ recursive: true })), ["b"]);
    assert.equal(ids(await ask({ migrations: [".migrations", "other"] })), ["c"]);
  }
});

test("an answer with problems is not kept: they may end elsewhere than in the files", async () => {
  const { root, write, ask } = freshPlace();
  write(".migrations/b.sql", sqlRevision("b <- a").text);
  assert.equal([(await ask()).problems.length, (await ask()).problems.length], [1, 1]);
  assert.not(existsSync(join(root, ".gmig/cache/answers")));
  write(".migrations/a.sql", sqlRevision("a").text);
  assert.equal([ids(await ask()), (await ask()).problems], [["b"], []]);
});

test.run();
