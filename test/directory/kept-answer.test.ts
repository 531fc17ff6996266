import { mkdirSync, readFileSync, readdirSync, renameSync, rmSync, statSync, utimesSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import { suite } from "uvu";
import * as assert from "uvu/assert";
import { findAnswer, keepAnswer, type Question } from "../../src/directory/kept-answer.js";
import { listFolders } from "../../src/directory/list-files.js";
import { freshFolder } from "../support/folder.js";

const test = suite("directory/kept-answer");

interface Place {
  readonly root: string;
  readonly question: Question;
  readonly path: (name: string) => string;
  readonly write: (name: string, text: string) => void;
  readonly find: () => unknown;
  readonly keep: (answer: unknown) => void;
  readonly answerFile: () => string;
}

function freshPlace(): Place {
  const root = freshFolder();
  const cache = join(root, "cache");
  const folders = [join(root, "one"), join(root, "two")];
  for (const folder of folders) mkdirSync(folder);
  const question = { cache, text: "how many" };
  const path = (name: string): string => join(root, name);
  return {
    root,
    question,
    path,
    write: (name, text) => writeFileSync(path(name), text),
    find: () => findAnswer(question, listFolders(folders, false)),
    keep: (answer) => keepAnswer(question, listFolders(folders, false), answer),
    answerFile: () => join(cache, "answers", readdirSync(join(cache, "answers"))[0] ?? ""),
  };
}

/** A place with two files, older than the answer that was kept of them. */
async function settledPlace(): Promise<Place> {
  const place = freshPlace();
  place.write("one/a.sql", "a");
  place.write("two/b.sql", "b");
  await sleep(30);
  place.keep({ count: 2 });
  assert.equal(place.find(), { count: 2 });
  return place;
}

/** Each makes what was kept untrue. */
const CHANGES: Readonly<Record<string, (place: Place) => void>> = {
  "a file that came": ({ write }) => write("one/c.sql", "c"),
  "a file that went": ({ path }) => rmSync(path("two/b.sql")),
  "a file that is longer": ({ write }) => write("two/b.sql", "longer"),
  "another name": ({ path }) => renameSync(path("one/a.sql"), path("one/c.sql")),
  "another folder": ({ path }) => renameSync(path("one/a.sql"), path("two/a.sql")),
  "a folder that went": ({ path }) => rmSync(path("one"), { recursive: true }),
  "another text with the same size and time of writing"({ path, write }) {
    const { atimeMs, mtimeMs } = statSync(path("one/a.sql"));
    write("one/a.sql", "z");
    utimesSync(path("one/a.sql"), atimeMs / 1000, mtimeMs / 1000);
  },
};

for (const [what, change] of Object.entries(CHANGES)) {
  test(`${what} ends an answer`, async () => {
    const place = await settledPlace();
    change(place);
    assert.is(place.find(), null);
  });
}

test("what is no revision's file does not", async () => {
  const place = await settledPlace();
  place.write("one/notes.md", "notes");
  place.write("one/.hidden.sql", "hidden");
  assert.equal(place.find(), { count: 2 });
});

test("an answer about a file as young as itself is not trusted", () => {
  const place = freshPlace();
  for (let round = 0; round < 50; round++) {
    place.write("one/a.sql", String(round % 10));
    const known = place.find();
    assert.ok(known === null || known === round % 10, `round ${round}: ${JSON.stringify(known)}`);
    place.keep(round % 10);
  }
});

test("another question has another answer", async () => {
  const { root, question } = await settledPlace();
  const listings = listFolders([join(root, "one"), join(root, "two")], false);
  assert.is(findAnswer({ ...question, text: "how many more" }, listings), null);
  keepAnswer({ ...question, text: "how many more" }, listings, 0);
  assert.equal([findAnswer(question, listings), findAnswer({ ...question, text: "how many more" }, listings)], [{ count: 2 }, 0]);
});

test("an answer that is gone, damaged or of another question is as good as none", async () => {
  const place = await settledPlace();
  const good = readFileSync(place.answerFile(), "utf8");
  const kept = JSON.parse(good) as Record<string, unknown>;
  const damaged = ["", "null", "[]", "{}", "not JSON", good.slice(0, -2), ...["question", "mark", "written", "answer"].map((key) => JSON.stringify({ ...kept, [key]: undefined }))];
  for (const text of damaged) {
    writeFileSync(place.answerFile(), text);
    assert.is(place.find(), null, text);
  }
  rmSync(place.answerFile());
  assert.is(place.find(), null);
});

test("a cache that cannot be written is done without, and leaves nothing behind", async () => {
  const place = freshPlace();
  place.write("cache", "a file where the folder should be");
  place.write("one/a.sql", "a");
  await sleep(30);
  place.keep(1);
  assert.is(place.find(), null);
  assert.equal(readdirSync(place.root).toSorted(), ["cache", "one", "two"]);
});

test.run();
