import { writeFileSync } from "node:fs";
import { join } from "node:path";
import { suite } from "uvu";
import * as assert from "uvu/assert";
import { findKnexfile, type KnexSettings, readKnexfile } from "../../src/project/knexfile.js";
import { freshFolder } from "../support/folder.js";
import { thrown } from "../support/thrown.js";

const test = suite("project/knexfile");

async function read(name: string, text: string, environment: string | null = null): Promise<KnexSettings> {
  const root = freshFolder();
  writeFileSync(join(root, name), text);
  return readKnexfile(join(root, name), environment, { root, cache: join(root, "cache") });
}

async function refused(text: string, environment: string | null = null): Promise<string> {
  const error = await thrown(read("knexfile.js", text, environment));
  assert.equal([error.code, error.exitStatus], ["CONFIG_INVALID", 2]);
  return error.message.replace(/\/\S+\/knexfile/, "knexfile");
}

test("a project's knexfile is found, TypeScript first", () => {
  const root = freshFolder();
  assert.is(findKnexfile(root), null);
  for (const name of ["knexfile.cjs", "knexfile.js", "knexfile.ts"]) {
    writeFileSync(join(root, name), "");
    assert.is(findKnexfile(root), join(root, name));
  }
});

test("one configuration is taken as it is, whatever the environment", async () => {
  for (const [name, text] of [
    ["knexfile.js", `module.exports = { client: "pg", connection: "postgres://h/d" };`],
    ["knexfile.mjs", `export default { client: "pg", connection: "postgres://h/d" };`],
    ["knexfile.ts", `const config: { client: string; connection: string } = { client: "pg", connection: "postgres://h/d" };\nexport default config;`],
    ["knexfile.ts", `export const client = "pg";\nexport const connection = "postgres://h/d";`],
    ["knexfile.cjs", `module.exports = async () => ({ client: "pg", connection: "postgres://h/d" });`],
  ] as const) {
    const { environment, settings } = await read(name, text, "production");
    assert.equal([environment, settings["client"], settings["connection"]], [null, "pg", "postgres://h/d"], text);
  }
});

test("of several environments the named one is taken, development without a name", async () => {
  const text = `module.exports = { development: { client: "pg", connection: "d" }, production: { client: "pg", connection: "p" } };`;
  assert.equal((await read("knexfile.js", text)).settings, { client: "pg", connection: "d" });
  const { environment, settings } = await read("knexfile.js", text, "production");
  assert.equal([environment, settings["connection"]], ["production", "p"]);
  assert.is(await refused(text, "staging"), "knexfile.js has no environment staging; it has development, production");
  assert.is(await refused("module.exports = {};"), "knexfile.js has no environment development; it has none");
});

test("what cannot be used is told, with its place, and why gmig loads it at all", async () => {
  const why = "; gmig loads it for the database, which nothing else names";
  assert.is(await refused("module.exports = 3;"), `knexfile.js exports no Knex configuration${why}`);
  assert.is(await refused("module.exports = null;"), `knexfile.js exports no Knex configuration${why}`);
  assert.is(await refused(`\nmodule.exports = () => { throw new Error("no vault"); };`), `The function that knexfile.js exports threw: no vault (knexfile.js:2:32)${why}`);
  assert.is(await refused(`module.exports = async () => { throw "text"; };`), `The function that knexfile.js exports threw: text${why}`);
  assert.is(await refused(`throw new Error("no luck");`), `knexfile.js can't be loaded: no luck (knexfile.js:1:7)${why}`);
});

test("it is to be edited, unless something better is known", async () => {
  const hint = async (text: string): Promise<unknown> => (await thrown(read("knexfile.js", text))).hint;
  for (const text of ["module.exports = 3;", "module.exports = {", `module.exports = () => { throw 1; };`, `throw new Error("no luck");`]) assert.is(await hint(text), "edit knexfile.js", text);
  assert.is(await hint(`require("not-a-package");`), "npm install not-a-package");
});

test("a line of it is never quoted: a password may stand there", async () => {
  const error = await thrown(read("knexfile.js", `module.exports = { connection: "postgres://u:sekret@h/d" client: "pg" };`));
  assert.match(error.message, /^knexfile\.js:1:\d+: Expected "}" but found "client"; gmig loads it/);
  assert.not.match(`${error.message} ${error.stack ?? ""} ${JSON.stringify(error.data)} ${JSON.stringify(error.cause)}`, /sekret/);
});

test.run();
