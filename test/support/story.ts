import * as assert from "uvu/assert";
import { freshGitProject, type GitProject, type GmigOutput } from "./git-project.js";
import { connect, dumpCatalogue, freshDatabase, query } from "./postgres.js";
import type { Repository } from "./repository.js";

/** A git project in which a story is told: what `gmig` says on the way, and what must hold at the end of it. */
export interface Story extends GitProject {
  /** What `gmig status --json` says. */
  readonly status: (at?: Repository) => Promise<GmigOutput>;
  /** What a sync does: each step as `+id` or `-id`; each step must have its reason. */
  readonly sync: (args?: readonly string[], at?: Repository) => Promise<string>;
  /** The reasons of a sync's plan, by step, without running it. */
  readonly reasons: (at?: Repository) => Promise<Readonly<Record<string, string>>>;
  /** What is applied, sorted. */
  readonly applied: () => Promise<string>;
  /** The database follows the checkout: the applied set is the checkout's, the schema that of a fresh database upgraded from nothing, and `status` says so. */
  readonly follows: (at?: Repository) => Promise<void>;
  /** Runs this and checks that neither the schema, nor the ledger, nor a row of it was changed. */
  readonly unchanged: <Result>(action: () => Promise<Result>) => Promise<Result>;
}

interface Step {
  readonly revision: string;
  readonly direction: string;
  readonly reason: string;
}

function stepsOf(json: GmigOutput): readonly Step[] {
  assert.is(json.error, undefined, JSON.stringify(json.error));
  return json["plan"] as readonly Step[];
}

function nameOf({ revision, direction }: Step): string {
  return `${direction === "up" ? "+" : "-"}${revision}`;
}

async function schemaOf(url: string, withoutGmig: boolean): Promise<string> {
  const connection = await connect(url);
  try {
    return await dumpCatalogue(connection, { sortColumns: true, withoutGmig });
  } finally {
    await connection.close();
  }
}

const LEDGER = "select revision, parents, depends_on, blob, file, body, state, applied_at from gmig_ledger order by revision";

/** A fresh {@link GitProject} with the means to tell a story in it. */
export async function freshStory(): Promise<Story> {
  const project = await freshGitProject();
  const { url, repository, run, json } = project;
  const applied = async (): Promise<string> => (await query<{ revision: string }>(url, "select revision from gmig_ledger order by 1")).map(({ revision }) => revision).join(" ");
  const status: Story["status"] = async (at) => {
    const said = await json(["status"], at);
    assert.is(said.status, 0, JSON.stringify(said.json));
    return said.json;
  };
  return {
    ...project,
    status,
    applied,
    sync: async (args = [], at = repository) => stepsOf((await json(["sync", ...args], at)).json).map((step) => {
      assert.ok(step.reason !== "", `${step.revision} has no reason`);
      return nameOf(step);
    }).join(" "),
    reasons: async (at) => Object.fromEntries(stepsOf((await json(["sync", "--dry-run"], at)).json).map((step) => [nameOf(step), step.reason])),
    follows: async (at = repository) => {
      const { json: history } = await json(["history"], at);
      const ids = (history["revisions"] as readonly { readonly revision: string }[]).map(({ revision }) => revision);
      assert.is(await applied(), [...ids].sort().join(" "));
      const fresh = await freshDatabase();
      const upgraded = await run(["upgrade", "heads", "--database", fresh.url], at);
      assert.is(upgraded.status, 0, upgraded.stderr);
      assert.is(await schemaOf(url, true), await schemaOf(fresh.url, true));
      await fresh.drop();
      const { upToDate, next, unknown, edited, reparented, pending } = await status(at);
      assert.equal([upToDate, unknown, edited, reparented, pending], [true, [], [], [], []], JSON.stringify(next));
    },
    unchanged: async (action) => {
      const before = [await schemaOf(url, false), await query(url, LEDGER)];
      const result = await action();
      assert.equal([await schemaOf(url, false), await query(url, LEDGER)], before);
      return result;
    },
  };
}
