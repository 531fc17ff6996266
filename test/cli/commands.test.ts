import { existsSync, readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { suite } from "uvu";
import * as assert from "uvu/assert";
import { gmig, gmigJson } from "../support/cli.js";
import { onEach } from "../support/each-database.js";
import { freshFolder } from "../support/folder.js";
import { freshProject } from "../support/project.js";
import { freshRepository } from "../support/repository.js";

const test = suite("cli/commands");

const FORK = `
  a
  b <- a
  c <- a (shop)`;
const JOINED = `${FORK}\n  d <- b c`;

interface ErrorJson {
  readonly error: { readonly code: string; readonly message: string; readonly hint?: string; readonly data: Record<string, unknown> };
}

onEach(test, "upgrade, status, current, downgrade, stamp and log, as JSON", async ({ url, rows }) => {
  const { root, revisions } = freshProject(url);
  revisions(JOINED);
  const env = { GMIG_DATABASE: url };
  const run = async (...args: string[]) => gmigJson(root, args, { env });
  const dry = await run("upgrade", "--dry-run");
  assert.equal([dry.status, dry.json["executed"], (dry.json["plan"] as unknown[]).length], [0, false, 4]);
  const before = await run("status");
  assert.equal(before.json["pending"], ["a", "b", "c", "d"]);
  assert.equal([before.json["upToDate"], before.json["next"]], [false, "gmig upgrade"]);
  assert.equal((await run("upgrade", "b")).json["rows"], ["b"]);
  assert.equal((await run("upgrade", "shop@+1")).json["rows"], ["b", "c"]);
  assert.equal((await run("upgrade")).json, { plan: [{ revision: "d", direction: "up", message: "about d", reason: "target" }], rows: ["d"], executed: true });
  assert.equal(await rows("select count(*)::int as count from gmig_ledger where state = 'applied'"), [{ count: 4 }]);
  const after = await run("status");
  assert.equal([after.json["upToDate"], after.json["next"], after.json["rows"]], [true, null, ["d"]]);
  assert.equal((await run("current")).json, { rows: ["d"], applied: 4, revisions: [{ revision: "d", message: "about d", isHead: true }], incomplete: [] });
  assert.equal((await run("downgrade", "-1")).json["rows"], ["b", "c"]);
  assert.equal((await run("downgrade", "shop@a")).json["rows"], ["b"]);
  assert.equal((await run("stamp", "heads")).json, { rows: ["d"], add: ["c", "d"], remove: [], executed: true });
  assert.equal((await run("stamp", "b")).json["rows"], ["b", "c"]);
  const log = (await run("log", "-n", "3")).json["log"] as { action: string; revision: string }[];
  assert.equal(log.map(({ action, revision }) => `${action} ${revision}`), ["stamp d", "stamp d", "stamp c"]);
});

onEach(test, "the mark: from the flag, asked for later, and kept", async ({ url }) => {
  const { root, revisions } = freshProject(url);
  revisions("a");
  const env = { GMIG_DATABASE: url };
  const ensured = await gmigJson(root, ["ensure", "--environment", "test"], { env });
  assert.equal((ensured.json["database"] as { environment: string }).environment, "test");
  const refused = await gmigJson<ErrorJson>(root, ["mark", "production"], { env });
  assert.equal([refused.status, refused.json.error.code, refused.json.error.hint], [2, "QUESTIONS_OPEN", "gmig mark production --yes"]);
  const marked = await gmigJson(root, ["mark", "production", "--yes"], { env });
  assert.equal([marked.json["before"], marked.status], ["test", 0]);
  const again = await gmigJson(root, ["ensure", "--environment", "development"], { env });
  assert.equal((again.json["database"] as { environment: string }).environment, "production", "a flag does not change the mark of a database that has one");
});

test("what needs no database: heads, branches, history and show", async () => {
  const { root, revisions } = freshProject("postgres://nobody@127.0.0.1:1/none");
  revisions(FORK);
  const heads = await gmigJson(root, ["heads"]);
  assert.equal(heads.json, {
    heads: [
      { revision: "b", parents: ["a"], message: "about b", file: ".migrations/20260101000001_b.ts", labels: [], effective: false },
      { revision: "c", parents: ["a"], message: "about c", file: ".migrations/20260101000002_c.ts", labels: ["shop"], effective: false },
    ],
    problems: [],
  });
  const history = await gmigJson<{ revisions: { revision: string; parents: string[]; dependsOn: string[]; labels: string[]; created: string }[] }>(root, ["history"]);
  assert.equal(history.json.revisions.map(({ revision }) => revision), ["c", "b", "a"]);
  assert.equal(history.json.revisions[0]?.labels, ["shop"]);
  assert.equal(history.json.revisions[0]?.created, "2026-01-01T00:00:02Z");
  assert.match((await gmig(root, ["branches"])).stdout, /^a {2}about a\n {2}-> b {2}about b\n {2}-> c \(shop\) {2}about c\n$/);
  assert.match((await gmig(root, ["show", "shop"])).stdout, /revision {4}c\n[\s\S]*export const revision = "c"/);
  assert.is((await gmig(root, ["heads"])).stdout, "b  about b\nc (shop)  about c\nNext: gmig merge heads\n");
});

test("history draws the graph", async () => {
  const { root, revisions } = freshProject("pglite:memory");
  revisions(`${JOINED}\n  e <- d`);
  const { stdout } = await gmig(root, ["history", "--graph"]);
  assert.is(
    stdout,
    [
      "* e  2026-01-01  about e (head)",
      "* d  2026-01-01  about d (merge)",
      "|\\",
      "* | c  2026-01-01  about c (shop)",
      "| * b  2026-01-01  about b",
      "|/",
      "* a  2026-01-01  about a (base)",
      "",
    ].join("\n"),
  );
});

test("several heads are refused with the two ways out", async () => {
  const { root, revisions } = freshProject("pglite:memory");
  revisions(FORK);
  const env = { GMIG_DATABASE: "pglite:memory" };
  const { status, json } = await gmigJson<ErrorJson>(root, ["upgrade"], { env });
  assert.is(status, 3);
  assert.equal([json.error.code, json.error.hint, json.error.data], ["MULTIPLE_HEADS", "gmig merge heads", { heads: ["b", "c"] }]);
  const { stderr, stdout } = await gmig(root, ["upgrade"], { env });
  assert.match(stderr, /heads are b and c; join them with gmig merge heads, or apply them all with gmig upgrade heads/);
  assert.is(stdout, "");
});

test("revision: on the head, with labels and dependencies, as SQL, from any message", async () => {
  const { root, write } = freshProject("pglite:memory");
  write(".migrations/.gitkeep", "");
  write("tsconfig.json", "{}");
  const first = await gmigJson<{ revision: string; file: string; parents: string[]; created: string }>(root, ["revision", "-m", "Criando tabelas iniciais"]);
  assert.equal([first.json.parents, first.json.created], [[], "2026-11-21T18:30:00Z"]);
  assert.is(first.json.file, `.migrations/20261121183000_${first.json.revision}_criando_tabelas_iniciais.ts`);
  const second = await gmigJson<{ revision: string; parents: string[]; file: string }>(root, ["revision", "-m", "ação", "--label", "shop", "--format", "sql", "--depends-on", first.json.revision.slice(0, 6)]);
  assert.equal(second.json.parents, [first.json.revision]);
  assert.match(second.json.file, /_acao\.sql$/);
  assert.match(readFileSync(join(root, second.json.file), "utf8"), new RegExp(`-- gmig dependsOn: ${first.json.revision}\n-- gmig labels: shop`));
  const code = async (...args: string[]) => (await gmigJson<ErrorJson>(root, ["revision", "-m", "x", ...args])).json.error.code;
  assert.is(await code("--parent", first.json.revision), "SPLICE_NEEDED");
  assert.is(await code("--label", "abc123"), "LABEL_MALFORMED");
  assert.is(await code("--label", "shop"), "LABEL_DUPLICATE");
  assert.is(await code("--depends-on", "nowhere"), "REVISION_NOT_FOUND");
  const odd = await gmigJson<{ file: string; revision: string }>(root, ["revision", "-m", `it's "odd" */ ../../etc\n😀 \u2028 \${x}`]);
  assert.match(odd.json.file, /^\.migrations\/\d{14}_[0-9a-f]{12}_its_odd_etc(_\w+)?\.ts$/);
  assert.is((await gmig(root, ["show", odd.json.revision])).status, 0);
  assert.is(readdirSync(join(root, ".migrations")).filter((name) => !name.startsWith(".")).length, 3, "what was refused wrote nothing");
  const dry = await gmig(root, ["revision", "-m", "look", "--dry-run"]);
  assert.match(dry.stdout, /^Would write \.migrations\/\S+_look\.ts/);
  assert.not(existsSync(join(root, /write (\S+)/.exec(dry.stdout)?.[1]?.replace(/,$/, "") ?? "/")));
});

test("revision and edit open the editor", async () => {
  const { root, revisions } = freshProject("pglite:memory");
  revisions("a");
  const opened: string[] = [];
  const runProgram = async (command: string, args: readonly string[]): Promise<number> => {
    opened.push(`${command} ${args.join(" ")}`);
    return 0;
  };
  await gmig(root, ["edit", "head"], { env: { EDITOR: "ed" }, runProgram });
  assert.equal(opened, [`ed ${join(root, ".migrations/20260101000000_a.ts")}`]);
  assert.is((await gmig(root, ["edit", "head"])).status, 2);
});

test("init writes what is missing and leaves the rest alone", async () => {
  const root = freshFolder();
  const first = await gmigJson(root, ["init"]);
  assert.equal(first.json, { created: ["gmig.config.mjs", ".migrations/.gitkeep"], kept: [], found: [], models: null });
  const second = await gmigJson(root, ["init"]);
  assert.equal(second.json, { created: [], kept: ["gmig.config.mjs", ".migrations"], found: [], models: null });
});

test("init inside of a project refuses to begin a second one, unless it is told to; a configuration in package.json is one", async () => {
  const repository = freshRepository();
  repository.write("package.json", `{ "gmig": { "database": "pglite:memory" } }`);
  repository.write("packages/one/package.json", "{}");
  const inside = join(repository.path, "packages/one");
  const refused = await gmig(inside, ["init"]);
  assert.equal([refused.status, existsSync(join(inside, "gmig.config.mjs"))], [2, false]);
  assert.match(refused.stderr, /\(\.\.\/\.\.\/package\.json\).*\nhint: gmig init --here\n/);
  assert.equal((await gmigJson(repository.path, ["init"])).json["kept"], ["package.json"]);
  assert.equal((await gmigJson(inside, ["init", "--here"])).json["created"], ["gmig.config.mjs", ".migrations/.gitkeep"]);
  assert.equal((await gmigJson(inside, ["init"])).json["kept"], ["gmig.config.mjs", ".migrations"]);
});

test("init finds the models of a project with Objection, and installs hooks when it is asked to", async () => {
  const repository = freshRepository();
  repository.write("package.json", `{ "dependencies": { "objection": "3", "typescript": "5" } }`);
  repository.write("src/models/user.ts", "");
  const { status, json } = await gmigJson(repository.path, ["init", "--hooks"]);
  assert.equal([status, json["models"], (json["hooks"] as { way: string }).way], [0, "src/models/**/*.ts", "plain"]);
  assert.match(repository.read("gmig.config.ts"), /^ {2}models: "src\/models\/\*\*\/\*\.ts",$/m);
  assert.ok(existsSync(join(repository.path, ".git/hooks/post-checkout")));
  assert.is(repository.git("config", "--get-all", "gmig.folder").trim(), ".migrations");
});

test("a circle names its files, and each of them can be edited as the hint says", async () => {
  const { root, write } = freshProject("pglite:memory");
  for (const [id, parent] of [["u", "v"], ["v", "u"]]) write(`.migrations/of-${id}.ts`, `export const revision = "${id}";\nexport const parents = ["${parent}"];\n`);
  const { status, json } = await gmigJson<ErrorJson>(root, ["revision", "-m", "x"]);
  assert.equal([status, json.error.code, json.error.hint], [3, "GRAPH_CYCLE", "gmig edit u"]);
  assert.match(json.error.message, "u <- v <- u (.migrations/of-u.ts, .migrations/of-v.ts)");
  for (const id of ["u", "v"]) {
    const { json: edited } = await gmigJson<{ path: string }>(root, ["edit", id]);
    assert.is(edited.path, join(root, `.migrations/of-${id}.ts`));
  }
});

test("a sound revision on a broken one is opened itself, by its id or the beginning of it", async () => {
  const { root, write } = freshProject("pglite:memory");
  write(".migrations/20261121000000_aaaa1111_base.ts", "export const revision = 'aaaa1111';\nexport const parents = oops;\n");
  for (const [id, parent] of [["bbbb2222", "aaaa1111"], ["cccc3333", "bbbb2222"]]) write(`.migrations/of-${id}.ts`, `export const revision = "${id}";\nexport const parents = ["${parent}"];\n`);
  for (const [name, id] of [["bbbb2222", "bbbb2222"], ["cccc3333", "cccc3333"], ["cccc", "cccc3333"]]) {
    const { status, json } = await gmigJson<{ path: string }>(root, ["edit", name ?? ""]);
    assert.equal([status, json.path], [0, join(root, `.migrations/of-${id}.ts`)], name);
  }
  assert.is((await gmigJson<{ path: string }>(root, ["edit", "aaaa1111"])).json.path, join(root, ".migrations/20261121000000_aaaa1111_base.ts"));
  assert.is((await gmigJson<ErrorJson>(root, ["show", "cccc3333"])).json.error.code, "REVISION_MALFORMED");
});

test("usage errors exit 2 and say how it goes", async () => {
  const { root, revisions } = freshProject("pglite:memory");
  revisions("a");
  for (const args of [["frobnicate"], ["upgrade", "--nope"], ["downgrade"], ["revision"], ["mark", "staging"], ["upgrade", "--transaction", "some"], ["log", "-n", "x"], ["stamp"], ["heads", "--env-file", "none"]]) {
    const { status, json } = await gmigJson<ErrorJson>(root, args);
    assert.equal([args.join(" "), status, json.error.code], [args.join(" "), 2, "USAGE"]);
  }
  for (const args of [["upgrade", "--sql", "current:head"], ["downgrade", "--sql", "current:base"], ["stamp", "--sql", "current"]]) {
    const { status, json } = await gmigJson<ErrorJson>(root, args);
    assert.equal([args.join(" "), status, json.error.code], [args.join(" "), 2, "USAGE"], "a script asks no database where it is");
  }
  assert.match((await gmig(root, ["upgrade", "a", "b"])).stderr, "Those arguments do not fit; it goes: gmig upgrade [TARGET=head]");
  assert.match((await gmig(root, ["upgrad"])).stderr, /hint: gmig upgrade/);
  assert.is((await gmig(root, [])).status, 0);
  assert.match((await gmig(root, ["--version"])).stdout, /^\d+\.\d+\.\d+\n$/);
  assert.match(String((await gmigJson(root, ["--version"])).json["version"]), /^\d+\.\d+\.\d+$/);
});

test("every command has help with examples", async () => {
  const { COMMANDS } = await import("../../src/cli/command-table.js");
  for (const { path } of COMMANDS) {
    const { status, stdout } = await gmig("/", [...path.split(" "), "--help"]);
    assert.is(status, 0, path);
    assert.match(stdout, new RegExp(`^Usage: gmig ${path}`));
    assert.match(stdout, /\nExamples\n {2}# /, path);
    for (const line of stdout.matchAll(/^ {2}(gmig .*)$/gm)) assert.ok(line[1]?.startsWith(`gmig ${path}`), `${path}: ${line[1] ?? ""}`);
  }
});

test.run();
