import * as fc from "fast-check";
import { suite } from "uvu";
import * as assert from "uvu/assert";
import { fingerprint } from "../../src/load/fingerprint.js";
import { runs } from "../support/series.js";

const test = suite("load: fingerprint");

test("16 hex digits, the same for the same text", () => {
  fc.assert(
    fc.property(fc.string({ unit: "binary" }), (text) => {
      assert.match(fingerprint(text), /^[0-9a-f]{16}$/);
      assert.is(fingerprint(text), fingerprint(text));
    }),
    runs(100, 1000),
  );
});

test("the smallest differences tell: a character, its place, a repetition, an end", () => {
  const base = "export const a = 1;\n".repeat(8);
  const texts = new Set([base]);
  for (let at = 0; at < base.length; at++) {
    for (const put of ["", " ", "1", "2", "é", "\u0000", "雪", "\ud83d"]) {
      texts.add(base.slice(0, at) + put + base.slice(at + 1));
      texts.add(base.slice(0, at) + put + base.slice(at));
    }
  }
  for (let length = 0; length < 600; length++) {
    texts.add("\u0000".repeat(length));
    texts.add(" ".repeat(length));
  }
  assert.is(new Set([...texts].map(fingerprint)).size, texts.size);
});

test("either half tells 200,000 numbers apart nearly as well as chance would", () => {
  const prints = Array.from({ length: 200_000 }, (_, n) => fingerprint(`m${n}`));
  assert.is(new Set(prints).size, prints.length);
  // Chance puts 4.7 of them together.
  assert.ok(new Set(prints.map((print) => print.slice(0, 8))).size > prints.length - 30);
  assert.ok(new Set(prints.map((print) => print.slice(8))).size > prints.length - 30);
});

test.run();
