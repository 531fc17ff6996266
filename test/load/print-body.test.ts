import { readFileSync, readdirSync } from "node:fs";
import { createRequire } from "node:module";
import { dirname, extname, join } from "node:path";
import { type Options, format } from "prettier";
import { suite } from "uvu";
import * as assert from "uvu/assert";
import { printBodies, printBody } from "../../src/load/print-body.js";
import { failure } from "./failure.js";
import { REVISION_TEXTS } from "./revision-texts.js";

const test = suite("load: printed bodies");

/** Together these turn every switch that prettier has for JavaScript. */
const STYLES: readonly Options[] = [
  {},
  { semi: false, singleQuote: true, trailingComma: "none", arrowParens: "avoid", printWidth: 40, quoteProps: "consistent" },
  { useTabs: true, quoteProps: "preserve", printWidth: 200, bracketSpacing: false, objectWrap: "collapse", bracketSameLine: true, endOfLine: "crlf" },
  { tabWidth: 8, trailingComma: "es5", experimentalTernaries: true, experimentalOperatorPosition: "start", singleAttributePerLine: true, jsxSingleQuote: true },
];

async function assertFormatIsInvisible(name: string, text: string): Promise<void> {
  const extension = extname(name);
  const formatted = await Promise.all(STYLES.map((style) => format(text, { ...style, filepath: `revision${extension}` })));
  const prints = await printBodies([text, ...formatted].map((each) => ({ text: each, extension })));
  assert.ok(formatted.some((each) => each !== text), `${name} is formatted anew`);
  prints.forEach((print) => assert.is(print, prints[0]));
}

for (const [name, text] of Object.entries(REVISION_TEXTS)) {
  test(`what prettier makes of it prints the same: ${name}`, async () => {
    await assertFormatIsInvisible(name, text);
  });
}

test("what prettier makes of real code prints the same", async () => {
  const folder = join(dirname(createRequire(import.meta.url).resolve("knex/package.json")), "lib/migrations");
  const files = readdirSync(folder, { recursive: true, encoding: "utf8" }).filter((file) => file.endsWith(".js"));
  assert.ok(files.length > 10);
  for (const file of files) {
    await assertFormatIsInvisible(file, readFileSync(join(folder, file), "utf8"));
  }
});

const SAME: readonly (readonly [string, string])[] = [
  ["a(1);", "// why\na( 1 ) /* because */\n"],
  ["a('x');", 'a("x")'],
  ["a(`x`);", "a('x')"],
  ["a('it\\'s', \"\\u00e9\");", "a(\"it's\", 'é')"],
  ["a({ 'b': 1, 'c-d': 2 });", "a({b: 1, \"c-d\": 2,})"],
  ["a(1.50, 0xFF, .5, 1E3);", "a(1.5, 255, 0.5, 1000)"],
  ["if (a) { b() } else { c() }", "if (a) b();\nelse c();"],
  ["const f = a => { return a };", "const f = (a) => a;"],
  ["const a: number = b as any;", "const a = b!;"],
  ["import type { Knex } from 'knex'; f();", "import { Knex } from 'knex'; f();"],
  ["function up(knex: Knex): Promise<void> { return a(); }", "function up(knex) { return a(); }"],
  ["a();\r\nb(`x\r\ny`);\r\n", "a();\nb(`x\ny`);\n"],
  ["\uFEFFa();", "a();"],
  ["x = (((a && b)) || (c));", "x = a && b || c"],
];

const DIFFERENT: readonly (readonly [string, string])[] = [
  ["t.string('a')", "t.string('b')"],
  ["t.string('a', 255)", "t.string('a', 256)"],
  ["a(`x  y`)", "a(`x y`)"],
  ["a(`\n  x`)", "a(`\nx`)"],
  ["a(); b();", "b(); a();"],
  ["await a();", "a();"],
  ["export const config = { transaction: false }", "export const config = { transaction: true }"],
  ["export async function up() {}", "export async function down() {}"],
  ["t.string('a').notNullable()", "t.string('a').nullable()"],
  ["a(/x/)", "a(/x/i)"],
  ["const a = [1, 2]; f(a);", "const a = [2, 1]; f(a);"],
  ["a && b || c", "a && (b || c)"],
  ["enum A { B = 'b' } f(A)", "enum A { B = 'c' } f(A)"],
];

/** Written so by nobody, or changed by a tool that does more than format: an edit, as far as prints can tell. */
const UNSEEN: readonly (readonly [string, string])[] = [
  ["a(/x/mgi)", "a(/x/gim)"],
  ["a(0XABn)", "a(0xabn)"],
  ["a(sql`select  1`)", "a(sql`select 1`)"],
  ["import 'a'; import 'b';", "import 'b'; import 'a';"],
  ["f({ a: 1, b: 2 })", "f({ b: 2, a: 1 })"],
  ["var a = 1; f(a); a = 2", "let a = 1; f(a); a = 2"],
  ["f(function () { return 1 })", "f(() => 1)"],
  ["const f = (a) => g(a)", "const f = (b) => g(b)"],
];

for (const [a, b] of SAME) {
  test(`the same: ${a}`, async () => {
    assert.is(await printBody(a, ".ts"), await printBody(b, ".ts"));
  });
}

for (const [a, b] of [...DIFFERENT, ...UNSEEN]) {
  test(`an edit: ${a} → ${b}`, async () => {
    assert.is.not(await printBody(a, ".ts"), await printBody(b, ".ts"));
  });
}

test("many are printed in order, each in the language of its extension", async () => {
  const bodies = [".ts", ".mts", ".cts", ".js", ".mjs", ".cjs"].map((extension, n) => ({ extension, text: `f(${n})` }));
  assert.equal(await printBodies(bodies), bodies.map(({ text }) => `${text};\n`));
  assert.is(await printBody("const a = <T,>(x: T) => x;", ".cts"), "const a=x=>x;\n");
});

test("a text with a syntax error is malformed, there", async () => {
  const error = await failure(printBody("a();\nconst é = 1; let x: = 1;", ".ts"));
  assert.is(error.code, "REVISION_MALFORMED");
  assert.equal([error.data["line"], error.data["column"]], [2, 21]);
  assert.is((await failure(printBody("let a: number;", ".mjs"))).code, "REVISION_MALFORMED");
});

test.run();
