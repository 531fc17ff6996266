import { rmSync } from "node:fs";
import { join } from "node:path";
import * as fc from "fast-check";
import { suite } from "uvu";
import * as assert from "uvu/assert";
import { isTrue, lastValue, parseConfig } from "../../src/git/parse-config.js";
import { freshRepository } from "../support/repository.js";
import { runs } from "../support/series.js";

const test = suite("git/parse-config");

test("section and name without case, subsection with it; quotes, escapes, comments, lines that go on", () => {
  const values = parseConfig('[Core]\n\tBare = "tr" ue ; no\n[remote "A.\\"b\\""] url = x \\\n  y # z\n[old.Sub]\nk\n[a]\r\nb = "c;\\td" \r\n');
  assert.is(lastValue(values, "core.bare"), "tr ue");
  assert.is(lastValue(values, 'remote.A."b".url'), "x   y");
  assert.is(lastValue(values, "old.sub.k"), "true");
  assert.is(lastValue(values, "a.b"), "c;\td");
});

test("what counts as true", () => {
  assert.equal(["true", "YES", "on", "1", "2k", "-1"].map(isTrue), Array(6).fill(true));
  assert.equal(["false", "no", "off", "0", "00", "", undefined].map(isTrue), Array(7).fill(false));
});

test("whatever git writes is read as git reads it", () => {
  const repository = freshRepository();
  const text = fc.string({ unit: fc.constantFrom("a", "b", " ", "\t", "\n", '"', "\\", ";", "#", "=", "[", "]", "ü", "'"), maxLength: 8 });
  const file = join(repository.path, "written");
  fc.assert(
    fc.property(text, text, (subsection, value) => {
      rmSync(file, { force: true });
      const section = subsection.replaceAll("\n", "");
      if (repository.run("config", "--file", file, "--add", `Sec.${section}.Name`, value).status !== 0) return;
      const told = repository.run("config", "--file", file, "--get-all", "-z", `sec.${section}.name`).stdout.split("\0").slice(0, -1);
      assert.equal(parseConfig(repository.read("written")).get(`sec.${section}.name`), told);
    }),
    runs(40, 2000),
  );
});

test.run();
