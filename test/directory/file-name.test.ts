import anyAscii from "any-ascii";
import * as fc from "fast-check";
import { suite } from "uvu";
import * as assert from "uvu/assert";
import { fileName, slug } from "../../src/directory/file-name.js";
import { runs } from "../support/series.js";

const test = suite("directory/file-name");

test("messages of any language become a slug", () => {
  const slugs: readonly (readonly [string, string])[] = [
    ["add users", "add_users"],
    ["Criando tabelas iniciais", "criando_tabelas_iniciais"],
    ["ação", "acao"],
    ["Größe ändern", "grosse_andern"],
    ["добавить пользователей", "dobavit_polzovateley"],
    ["用户", "yonghu"],
    ["it's the user’s", "its_the_users"],
    ["../../etc/passwd", "etc_passwd"],
    [`a "b" */ \n <c> \\ $(d)`, "a_b_c_d"],
    ["", ""],
    ["---", ""],
    ["x".repeat(100), "x".repeat(40)],
    ["one two three four five six seven eight nine ten", "one_two_three_four_five_six_seven_eight"],
  ];
  for (const [message, expected] of slugs) assert.is(slug(message, anyAscii), expected, message);
});

test("whatever the message, a slug is short, plain, and no path", () => {
  fc.assert(
    fc.property(fc.string({ unit: "binary" }), (message) => {
      assert.match(slug(message, anyAscii), /^([a-z0-9]+(_[a-z0-9]+)*)?$/);
      assert.ok(slug(message, anyAscii).length <= 40);
    }),
    runs(200, 5000),
  );
});

const PARTS = { revision: "3f2a9c0d1e4b", created: "2026-11-21T18:30:05Z", slug: "add_users" };

test("a pattern is filled in, and separators around what is empty go with it", () => {
  const names: readonly (readonly [string, string, string])[] = [
    ["{time}_{id}_{slug}", "add_users", "20261121183005_3f2a9c0d1e4b_add_users.ts"],
    ["{time}_{id}_{slug}", "", "20261121183005_3f2a9c0d1e4b.ts"],
    ["{slug}-{id}", "", "3f2a9c0d1e4b.ts"],
    ["{id}_{slug}_x", "", "3f2a9c0d1e4b_x.ts"],
    ["{year}.{month}.{day} {hour}{minute}{second} {id}", "x", "2026.11.21 183005 3f2a9c0d1e4b.ts"],
    ["{id}{unknown}", "x", "3f2a9c0d1e4b{unknown}.ts"],
  ];
  for (const [pattern, part, expected] of names) assert.is(fileName(pattern, { ...PARTS, slug: part }, ".ts"), expected);
});

test.run();
