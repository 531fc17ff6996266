import { suite } from "uvu";
import * as assert from "uvu/assert";
import { GmigError } from "../../src/errors.js";
import { downgrade } from "../../src/workflow/downgrade.js";
import { upgrade } from "../../src/workflow/upgrade.js";
import { freshDatabase, query } from "../support/postgres.js";
import { freshProject } from "../support/project.js";

const test = suite("workflow/upgrade");

async function tables(url: string): Promise<string[]> {
  const rows = await query<{ name: string }>(url, "select relname as name from pg_class where relkind = 'r' and relnamespace = 'public'::regnamespace and relname !~ '^gmig_' order by 1");
  return rows.map(({ name }) => name);
}

async function ledger(url: string): Promise<string[]> {
  const rows = await query<{ row: string }>(url, "select concat_ws(' ', revision, array_to_string(parents, ','), state) as row from gmig_ledger order by applied_at");
  return rows.map(({ row }) => row);
}

async function code(action: Promise<unknown>): Promise<GmigError> {
  try {
    await action;
  } catch (error) {
    if (error instanceof GmigError) return error;
    throw error;
  }
  throw new Error("nothing was thrown");
}

const FORK = `
  a
  b <- a
  c <- a (shop)
  d <- b c`;

test("up to the head, and down again", async () => {
  const { url } = await freshDatabase();
  const project = freshProject(url);
  project.revisions(FORK);
  const up = await upgrade(project.config());
  assert.equal(up, {
    plan: [
      { revision: "a", direction: "up", message: "about a", reason: "beneath b" },
      { revision: "b", direction: "up", message: "about b", reason: "beneath d" },
      { revision: "c", direction: "up", message: "about c", reason: "beneath d" },
      { revision: "d", direction: "up", message: "about d", reason: "target" },
    ],
    rows: ["d"],
    executed: true,
  });
  assert.equal(await tables(url), ["a", "b", "c", "d"]);
  assert.equal(await ledger(url), ["a  applied", "b a applied", "c a applied", "d b,c applied"]);
  assert.equal(await upgrade(project.config()), { plan: [], rows: ["d"], executed: true });
  const down = await downgrade(project.config(), "shop@a");
  assert.equal(down.rows, ["b"]);
  assert.equal(await tables(url), ["a", "b"]);
});

test("a failing step is rolled back, with its statement and SQLSTATE; what was before it stays", async () => {
  const { url } = await freshDatabase();
  const project = freshProject(url);
  project.revisions(FORK, { c: { up: "create table half (id int); insert into nowhere values (1)" } });
  const error = await code(upgrade(project.config()));
  assert.is(error.code, "STEP_FAILED");
  assert.equal([error.data["revision"], error.data["direction"], error.data["sqlstate"]], ["c", "up", "42P01"]);
  assert.match(error.message, /relation "nowhere" does not exist \(SQLSTATE 42P01\)/);
  assert.match(error.message, /statement: .*insert into nowhere/);
  assert.equal(await tables(url), ["a", "b"]);
  assert.equal(await ledger(url), ["a  applied", "b a applied"]);
  const [line] = await query<{ outcome: string; action: string }>(url, "select outcome, action from gmig_log order by id desc limit 1");
  assert.equal(line, { outcome: "failed", action: "up" });
});

test("a dry run writes nothing, not even the ledger", async () => {
  const { url } = await freshDatabase();
  const project = freshProject(url);
  project.revisions(FORK);
  const dry = await upgrade(project.config(), "head", { dryRun: true });
  assert.equal([dry.plan.length, dry.executed], [4, false]);
  assert.equal(await query(url, "select 1 from pg_class where relname ~ '^gmig_'"), []);
});

test.run();
