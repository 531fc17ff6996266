import { existsSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { suite } from "uvu";
import * as assert from "uvu/assert";
import { ensure } from "../../src/workflow/ensure.js";
import { merge } from "../../src/workflow/merge.js";
import { upgrade } from "../../src/workflow/upgrade.js";
import { freshDatabase, query } from "../support/postgres.js";
import { freshProject, type RevisionDraft, type TestProject } from "../support/project.js";
import { thrown } from "../support/thrown.js";

const test = suite("workflow/merge");

/** A project on a development database, whose server then serves as the scratch place. */
async function project(drawing: string, drafts: Readonly<Record<string, RevisionDraft>> = {}): Promise<TestProject & { readonly url: string }> {
  const { url } = await freshDatabase();
  const made = freshProject(url);
  made.revisions(drawing, drafts);
  await ensure({ ...made.config(), environmentSaid: "development" });
  return { ...made, url };
}

const FORK = `
  a
  b <- a
  c <- a`;

test("sides that commute are joined, and the file follows from its parents alone", async () => {
  const { config, root } = await project(FORK, { b: { up: "alter table a add column b text" }, c: { up: "create table c (id int)" } });
  const result = await merge(config(), ["heads"]);
  assert.equal([result.verdict, result.created, result.parents, result.conflicts], ["commutes", true, ["b", "c"], []]);
  assert.match(readFileSync(join(root, result.file ?? ""), "utf8"), /export const parents = \["b", "c"\];/);
  assert.equal([...(await upgrade(config())).rows], [result.revision]);
});

test("columns of one table in another order are harmless, and told", async () => {
  const { config } = await project(FORK, { b: { up: "alter table a add column b text" }, c: { up: "alter table a add column c text" } });
  const result = await merge(config(), ["heads"], { checkOnly: true });
  assert.equal([result.verdict, result.columnOrder, result.created], ["commutes", ["a"], false]);
});

test("a conflict is refused, with the objects and the revisions that touch them", async () => {
  const { config, root } = await project(FORK, {
    a: { up: "create table a (id int, n int default 0)" },
    b: { up: "alter table a alter column n set default 1", down: "alter table a alter column n set default 0" },
    c: { up: "alter table a alter column n set default 2", down: "alter table a alter column n set default 0" },
  });
  const refused = await thrown(merge(config(), ["heads"]));
  assert.equal([refused.code, refused.exitStatus, refused.hint], ["MERGE_CONFLICTS", 3, "gmig merge b c --write-anyway"]);
  const [conflict] = refused.data["conflicts"] as { kind: string; name: string; message: string; revisions: string[] }[];
  assert.equal([conflict?.kind, conflict?.name, conflict?.revisions], ["column", "a.n", ["b", "c"]]);
  assert.match(conflict?.message ?? "", /default is 2 after b, then c, 1 after c, then b/);
  const checked = await merge(config(), ["heads"], { checkOnly: true });
  assert.equal([checked.verdict, checked.created], ["conflicts", false]);
  const written = await merge(config(), ["heads"], { writeAnyway: true });
  assert.equal([written.verdict, written.created, existsSync(join(root, written.file ?? ""))], ["conflicts", true, true]);
});

test("a side that fails after the other is a conflict, with the revision and the server's words", async () => {
  const { config } = await project(FORK, { b: { up: "alter table a rename to z", down: "alter table z rename to a" }, c: { up: "alter table a add column c int", down: "alter table a drop column c" } });
  const { verdict, conflicts } = await merge(config(), ["heads"], { checkOnly: true });
  assert.is(verdict, "conflicts");
  assert.match(conflicts.map(({ message }) => message).join("\n"), /In the order b, then c: Revision c .*relation "a" does not exist/);
});

test("of three heads each pair is tried, and all at once", async () => {
  const { config } = await project(`${FORK}\n  d <- a`, {
    a: { up: "create table a (id int); comment on table a is 'a'" },
    b: { up: "create table b (id int)" },
    c: { up: "comment on table a is 'c'", down: "comment on table a is 'a'" },
    d: { up: "comment on table a is 'd'", down: "comment on table a is 'a'" },
  });
  const { verdict, conflicts } = await merge(config(), ["heads"], { checkOnly: true });
  assert.equal([verdict, [...new Set(conflicts.flatMap(({ revisions }) => revisions))].sort()], ["conflicts", ["c", "d"]]);
});

test("where nothing forks, --check tries the sides of the merge revision at the head", async () => {
  const { config } = await project(`${FORK}\n  m <- b c`);
  assert.equal((await merge(config(), ["heads"])).revision, null);
  const checked = await merge(config(), ["heads"], { checkOnly: true });
  assert.equal([checked.verdict, checked.parents], ["commutes", ["b", "c"]]);
});

test("unchecked when told so; an effective head needs no merge", async () => {
  const { config } = await project(FORK);
  const result = await merge(config(), ["heads"], { noCheck: true });
  assert.equal([result.verdict, result.created], ["unchecked", true]);
  const other = await project("a\nn needs a");
  const nothing = await merge(other.config(), ["heads"]);
  assert.equal([nothing.revision, nothing.hint], [null, "gmig upgrade heads"]);
  assert.is((await thrown(merge(config(), ["b", "b"]))).code, "PARENT_DUPLICATE");
  assert.is((await thrown(merge(config(), ["a", "b"]))).code, "SPLICE_NEEDED");
});

test("one revision alone, and one that the other stands on, are no merge, and the message says which is", async () => {
  const { config } = await project(`${FORK}\n  d <- c`);
  const said = async (...names: string[]) => {
    const { code, message, hint } = await thrown(merge(config(), names));
    return [code, message, hint];
  };
  const alone = (id: string): string => `Revision ${id} alone cannot be merged: merge takes two revisions or more, and the heads are b and d`;
  assert.equal(await said("b"), ["USAGE", alone("b"), "gmig merge b d"]);
  assert.equal(await said("a"), ["USAGE", alone("a"), "gmig merge heads"]);
  assert.equal(await said("a", "b"), ["SPLICE_NEEDED", "Revision b stands on a already: there is nothing to join", "gmig history --graph"]);
  assert.equal((await said("c", "b"))[2], "gmig revision --parent c --parent b --splice -m MSG");
  assert.equal((await merge(config(), ["b@heads"])).revision, null);
  const line = await project("a\nb <- a");
  assert.equal((await merge(line.config(), ["a"])).revision, null);
});

test("a production database is not touched: the embedded PostgreSQL is the scratch place", async () => {
  const { url } = await freshDatabase();
  const { config, revisions } = freshProject(url);
  revisions(FORK);
  await ensure({ ...config(), environmentSaid: "production" });
  const told: string[] = [];
  const { verdict } = await merge(config(), ["heads"], { checkOnly: true, onProgress: (progress) => progress.kind === "notice" && told.push(progress.text) });
  assert.is(verdict, "commutes");
  assert.match(told.join(), /on the embedded PostgreSQL$/);
  assert.equal(await query(url, "select relname from pg_class where relname in ('a', 'b', 'c')"), []);
});

test("scratch databases are gone afterwards, also after a conflict", async () => {
  // A role of its own, since other tests have scratch databases on this server at the same time.
  const { url } = await freshDatabase({ tcp: true });
  const role = `merger_${Date.now()}`;
  await query(url, `create role ${role} login createdb password 'x'; grant all on schema public to ${role}`);
  const own = new URL(url);
  [own.username, own.password] = [role, "x"];
  const { config, revisions } = freshProject(own.href);
  revisions(FORK, { b: { up: "select 1/0" } });
  await ensure({ ...config(), environmentSaid: "development" });
  const { verdict } = await merge(config(), ["heads"], { checkOnly: true });
  assert.is(verdict, "conflicts");
  assert.equal(await query(url, `select datname from pg_database where datdba = '${role}'::regrole`), []);
  await query(url, `drop owned by ${role}; drop role ${role}`);
});

test.run();
