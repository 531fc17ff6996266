import * as fc from "fast-check";
import { setTimeout as sleep } from "node:timers/promises";
import { suite } from "uvu";
import * as assert from "uvu/assert";
import { downgrade } from "../../src/workflow/downgrade.js";
import { stamp } from "../../src/workflow/stamp.js";
import { upgrade } from "../../src/workflow/upgrade.js";
import { startGmig } from "../support/gmig-process.js";
import { freshDatabase, query } from "../support/postgres.js";
import { freshProject, type RevisionDraft, type TestProject } from "../support/project.js";
import { runs } from "../support/series.js";

const test = suite("acceptance/kills");

const IDS = Array.from({ length: 24 }, (_, index) => `r${String(index).padStart(2, "0")}`);
const LINE = IDS.map((id, index) => (index === 0 ? id : `${id} <- ${IDS[index - 1]}`)).join("\n");

/** Two statements each, so that half of a step would show; every fourth runs outside a transaction. */
const DRAFTS = Object.fromEntries(
  IDS.map((id, index): [string, RevisionDraft] => [
    id,
    {
      up: `create table ${id} (id int); create table ${id}_too (id int)`,
      down: `drop table ${id}_too; drop table ${id}`,
      transaction: index % 4 !== 3,
      format: "sql",
    },
  ]),
);

interface State {
  readonly applied: readonly string[];
  readonly incomplete: readonly string[];
  readonly tables: ReadonlySet<string>;
}

/** What ledger and catalogue hold once the killed process's own connections are gone. */
async function stateOf(url: string): Promise<State> {
  const others = "select count(*)::int as count from pg_stat_activity where datname = current_database() and pid <> pg_backend_pid()";
  while (((await query<{ count: number }>(url, others))[0]?.count ?? 0) > 0) await sleep(10);
  const ledger = await query<{ present: boolean }>(url, "select to_regclass('gmig_ledger') is not null as present");
  const rows = ledger[0]?.present === true ? await query<{ revision: string; state: string }>(url, "select revision, state from gmig_ledger order by revision") : [];
  const tables = await query<{ relname: string }>(url, "select relname from pg_class where relkind = 'r' and relname ~ '^r[0-9]{2}'");
  return {
    applied: rows.filter(({ state }) => state === "applied").map(({ revision }) => revision),
    incomplete: rows.filter(({ state }) => state !== "applied").map(({ revision }) => revision),
    tables: new Set(tables.map(({ relname }) => relname)),
  };
}

/** The ledger tells the truth: what is applied is there whole, what is not is not there at all, and a step outside a transaction is the only one that may be half done. */
function checkState({ applied, incomplete, tables }: State): void {
  assert.ok(incomplete.length <= 1, incomplete.join());
  for (const id of incomplete) assert.is(DRAFTS[id]?.transaction, false, `${id} is incomplete`);
  for (const id of IDS.filter((one) => !incomplete.includes(one))) {
    const isApplied = applied.includes(id);
    assert.equal([tables.has(id), tables.has(`${id}_too`)], [isApplied, isApplied], id);
  }
  assert.equal(applied.filter((id) => !incomplete.includes(id)), IDS.slice(0, applied.length));
}

/** Does what the message says: looks at the database, mends what is half done, and stamps. */
async function settle(project: TestProject, url: string, { incomplete }: State): Promise<void> {
  for (const id of incomplete) {
    await query(url, `drop table if exists ${id}; drop table if exists ${id}_too`);
    await stamp(project.config(), [], { forget: [id] });
  }
}

/** Kills a run a moment after it has told of a revision, if it has not ended by then. */
async function killAt(project: TestProject, url: string, args: readonly string[], id: string, milliseconds: number): Promise<void> {
  const running = startGmig(project.root, args, { env: { GMIG_DATABASE: url } });
  await running.says(`about ${id}`);
  await sleep(milliseconds);
  running.child.kill("SIGKILL");
  await running.ended;
}

test("killed at any moment, up or down: the ledger is true, and the next run ends what was begun", async () => {
  const { url } = await freshDatabase();
  const project = freshProject(url, { environment: "development" });
  project.write("gmig.config.json", `{ "migrations": ".migrations", "environment": "development" }`);
  project.revisions(LINE, DRAFTS);
  await upgrade(project.config());
  await downgrade(project.config(), "base");
  let kills = 0;
  await fc.assert(
    fc.asyncProperty(fc.constantFrom(...IDS), fc.nat(8), fc.boolean(), async (id, milliseconds, isUp) => {
      if (isUp) await downgrade(project.config(), "base");
      else await upgrade(project.config());
      await killAt(project, url, isUp ? ["upgrade"] : ["downgrade", "base"], id, milliseconds);
      const state = await stateOf(url);
      checkState(state);
      if (state.applied.length > 0 && state.applied.length < IDS.length) kills++;
      await settle(project, url, state);
      await upgrade(project.config());
      assert.equal((await stateOf(url)).applied, IDS);
    }),
    runs(12, 300),
  );
  assert.ok(kills > 0, "some were killed half-way");
});

test.run();
