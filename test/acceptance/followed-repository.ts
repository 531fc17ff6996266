import { readdirSync } from "node:fs";
import { join } from "node:path";
import * as assert from "uvu/assert";
import { plantProgram } from "../hooks/hooked-repository.js";
import { type CliRun, gmig } from "../support/cli.js";
import { ROOT } from "../support/find-tests.js";
import { sqlRevision } from "../support/git-project.js";
import { connect, dumpCatalogue, freshDatabase, query } from "../support/postgres.js";
import { freshRepository, type GitRun, type Repository } from "../support/repository.js";

/** What `gmig status --json` says, as far as it is looked at here. */
export interface Standing {
  readonly upToDate: boolean;
  readonly next: string | null;
  readonly pending: readonly string[];
  readonly unknown: readonly { readonly revision: string; readonly foundIn: readonly string[] }[];
  readonly heads: readonly string[];
}

/**
 * A repository whose hooks make a development database follow: `gmig.sync auto`, `gmig.merge fold`, and the real program behind them. On main there are
 * the revisions a and c, on feature a and b: each makes a table, b and c also a column of a's.
 */
export interface FollowedRepository {
  readonly repository: Repository;
  readonly url: string;
  /** Runs git with its hooks; all that they and git printed is in `said`. */
  readonly git: (...args: readonly string[]) => GitRun & { readonly said: string };
  /** Runs git without hooks. */
  readonly quietly: (...args: readonly string[]) => void;
  readonly gmig: (args: readonly string[], at?: Repository) => Promise<CliRun>;
  readonly status: (at?: Repository) => Promise<Standing>;
  /** Takes the database away. */
  readonly drop: () => Promise<void>;
  /** Writes and stages a revision, a line of a graph. */
  readonly stage: (line: string, up?: string, down?: string) => void;
}

/** A table of the revision's own name, and a column of its own on the first revision's table. */
function body(id: string): readonly [up: string, down: string] {
  if (id === "a") return ["create table a (id int primary key);", "drop table a;"];
  return [`create table ${id} (id int, name text not null default '${id}'); alter table a add ${id}_too text;`, `alter table a drop ${id}_too; drop table ${id};`];
}

function filesOf(...lines: readonly string[]): Readonly<Record<string, string>> {
  return Object.fromEntries(lines.map((line) => sqlRevision(line, ...body(line.split(" ")[0] ?? ""))).map(({ name, text }) => [name, text]));
}

function strings(env: NodeJS.ProcessEnv): Readonly<Record<string, string>> {
  return Object.fromEntries(Object.entries(env).filter((pair): pair is [string, string] => pair[1] !== undefined));
}

/** Puts the program that the hooks look for into a checkout, where Git ignores it. */
export function plantGmig(folder: string): void {
  plantProgram(join(folder, "node_modules/.bin/gmig"), `#!/bin/sh\nexec '${process.execPath}' '${join(ROOT, "bin/gmig.js")}' "$@"\n`);
}

/** Makes such a repository, on main, with its database at main's head. */
export async function followedRepository(): Promise<FollowedRepository> {
  const database = await freshDatabase();
  const { url } = database;
  const repository = freshRepository();
  plantGmig(repository.path);
  const config = JSON.stringify({ database: url, environment: "development" });
  repository.commit("a", { ".gitignore": "node_modules\n", "gmig.config.json": config, README: "one\n", ...filesOf("a") });
  repository.branch("feature");
  repository.commit("b", filesOf("b <- a"));
  repository.git("switch", "--quiet", "main");
  repository.commit("c", filesOf("c <- a"));
  const run = async (args: readonly string[], at: Repository = repository): Promise<CliRun> => gmig(at.path, args, { env: strings(at.env) });
  for (const args of [["hooks", "install", "--mode", "auto", "--merge", "fold"], ["upgrade"]]) {
    const { status, stderr } = await run(args);
    assert.is(status, 0, stderr);
  }
  return {
    repository,
    url,
    git: (...args) => {
      const ended = repository.run(...args);
      return { ...ended, said: ended.stdout + ended.stderr };
    },
    quietly: (...args) => {
      repository.git("-c", "core.hooksPath=/dev/null", ...args);
    },
    gmig: run,
    drop: async () => database.drop(),
    status: async (at) => JSON.parse((await run(["status", "--json"], at)).stdout) as Standing,
    stage: (line, ...sql) => {
      const [up, down] = sql.length > 0 ? sql : body(line.split(" ")[0] ?? "");
      const { name, text } = sqlRevision(line, up, down);
      repository.write(name, text);
      repository.git("add", name);
    },
  };
}

async function schemaAt(url: string): Promise<string> {
  const connection = await connect(url);
  try {
    return await dumpCatalogue(connection, { sortColumns: true, withoutGmig: true });
  } finally {
    await connection.close();
  }
}

/** The ids that the files of a checkout are named for. */
function idsIn({ path }: Repository): readonly string[] {
  return readdirSync(join(path, ".migrations")).map((name) => name.replace(/^\d+_/, "").replace(/(_merge)?\.sql$/, "")).sort();
}

/** The applied set is the checkout's, and the schema that of a new database upgraded from nothing, columns' order apart. */
export async function assertFollows({ url, gmig: run, status, repository }: FollowedRepository, at: Repository = repository): Promise<void> {
  const applied = await query<{ revision: string }>(url, "select revision from gmig_ledger where state = 'applied'");
  assert.equal(applied.map(({ revision }) => revision).sort(), idsIn(at));
  const anew = await freshDatabase();
  const upgraded = await run(["upgrade", "heads", "--database", anew.url], at);
  assert.is(upgraded.status, 0, upgraded.stderr);
  const [now, wanted] = [await schemaAt(url), await schemaAt(anew.url)];
  assert.match(now, /\ba\b/);
  assert.is(now, wanted);
  assert.is((await status(at)).upToDate, true);
  await anew.drop();
}
