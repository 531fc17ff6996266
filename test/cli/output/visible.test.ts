import { suite } from "uvu";
import * as assert from "uvu/assert";
import { visible } from "../../../src/cli/output/visible.js";
import { styleFor } from "../../../src/cli/style.js";

const test = suite("cli/output/visible");

test("lines, tabs and Windows' line ends stay; what steers a terminal or turns the text is written out", () => {
  assert.is(visible("a\tb\r\nc\n"), "a\tb\r\nc\n");
  assert.is(visible("drop table x;\r-- harmless"), "drop table x;\\x0d-- harmless");
  assert.is(visible("\u001b[2K\u009b1A\u0007\u007f\u202e\u2066ü"), "\\x1b[2K\\x9b1A\\x07\\x7f\\u202e\\u2066ü");
});

test("of styles only gmig's own stay, and only where it styles", () => {
  const { id, label, good, bad, warn, dim, bold } = styleFor(true);
  const styled = [id, label, good, bad, warn, dim, bold].map((paint) => paint("x")).join("").concat("\u001b[33m3f2a\u001b[39m");
  assert.is(visible(styled, true), styled);
  assert.is(visible("\u001b[8mhidden\u001b[0m", true), "\\x1b[8mhidden\\x1b[0m");
  assert.is(visible("\u001b[31mred"), "\\x1b[31mred");
});

test.run();
