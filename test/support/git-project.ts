import { draw } from "./graphs.js";
import { freshDatabase } from "./postgres.js";
import { freshRepository, type Repository } from "./repository.js";
import { type CliRun, gmig } from "./cli.js";

/** A revision file's text in SQL, which makes a table of its own name unless told otherwise. */
export function sqlRevision(line: string, up?: string, down?: string): { readonly name: string; readonly text: string } {
  const [input] = draw(line);
  if (input === undefined) throw new Error(`not a line of a graph: ${line}`);
  const { revision, parents = [] } = input;
  const text = `-- gmig revision: ${revision}
-- gmig parents: ${parents.join(", ")}
-- gmig created: 2026-01-01T00:00:00Z
-- gmig message: about ${revision}

-- gmig up
${up ?? `create table ${revision} (id int);`}

-- gmig down
${down ?? `drop table ${revision};`}
`;
  return { name: `.migrations/1_${revision}.sql`, text };
}

/** What a command prints with `--json`. */
export interface GmigOutput extends Readonly<Record<string, unknown>> {
  readonly error?: { readonly code: string; readonly hint?: string };
}

/** A repository with a development database, and `gmig` run in it. */
export interface GitProject {
  readonly repository: Repository;
  readonly url: string;
  /** Runs a command line in the repository, or in another clone or worktree of it. */
  readonly run: (args: readonly string[], at?: Repository) => Promise<CliRun>;
  /** The same with `--json`, parsed. */
  readonly json: (args: readonly string[], at?: Repository) => Promise<{ readonly status: number; readonly json: GmigOutput }>;
  /** Writes and commits revisions, a line of a graph each. */
  readonly commit: (message: string, ...lines: readonly string[]) => string;
}

/** A new repository whose database is marked for development. */
export async function freshGitProject(): Promise<GitProject> {
  const { url } = await freshDatabase();
  const repository = freshRepository();
  const run = async (args: readonly string[], at: Repository = repository): Promise<CliRun> => {
    const env = Object.fromEntries(Object.entries(at.env).filter((pair): pair is [string, string] => pair[1] !== undefined));
    return gmig(at.path, args, { env: { ...env, GMIG_DATABASE: url, GMIG_ENVIRONMENT: "development" } });
  };
  return {
    repository,
    url,
    run,
    json: async (args, at) => {
      const { status, stdout } = await run([...args, "--json"], at);
      return { status, json: JSON.parse(stdout) as GmigOutput };
    },
    commit: (message, ...lines) => repository.commit(message, Object.fromEntries(lines.map((line) => sqlRevision(line)).map(({ name, text }) => [name, text]))),
  };
}
