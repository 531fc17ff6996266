import { mkdirSync, writeFileSync } from "node:fs";
import { dirname, join } from "node:path";
import type { Config } from "../../src/config/config.js";
import { configFrom } from "../../src/config/load-config.js";
import type { UserConfig } from "../../src/config/user-config.js";
import { HEADER_DEFAULTS } from "../../src/revision/header.js";
import { type RevisionFormat, writeRevision } from "../../src/revision/write-revision.js";
import { freshFolder } from "./folder.js";
import { draw } from "./graphs.js";

/** What a test's revision does; SQL, sent through `knex.raw` where the file is code. */
export interface RevisionDraft {
  readonly up?: string;
  readonly down?: string | null;
  readonly transaction?: boolean;
  readonly format?: RevisionFormat;
}

const EXTENSIONS: Readonly<Record<RevisionFormat, string>> = { ts: ".ts", esm: ".mjs", commonjs: ".cjs", sql: ".sql" };

/** A project in a folder of its own. */
export interface TestProject {
  readonly root: string;
  readonly config: (settings?: UserConfig) => Config;
  /** Writes any file of the project. */
  readonly write: (path: string, text: string) => void;
  /** Writes the revisions that are drawn (see graphs.ts); one that is not described makes and drops a table of its own name. */
  readonly revisions: (drawing: string, drafts?: Readonly<Record<string, RevisionDraft>>) => void;
}

function revisionText(input: ReturnType<typeof draw>[number], draft: RevisionDraft): string {
  const { revision, created = "", message = "", parents = [], dependsOn = [], labels = [] } = input;
  const { up = `create table ${revision} (id int)`, down = `drop table ${revision}`, transaction = true, format = "ts" } = draft;
  const header = { ...HEADER_DEFAULTS, revision, parents, dependsOn, labels, created, message, transaction };
  if (format === "sql") {
    const text = writeRevision(header, format, { up, down: down ?? "" });
    return down === null ? text.replace(/\n-- gmig down[\s\S]*/, "\n") : text;
  }
  const call = (sql: string): string => `  await knex.raw(${JSON.stringify(sql)});`;
  const text = writeRevision(header, format, { up: call(up), down: call(down ?? "") });
  return down === null ? text.replace(/\n[^\n]*\bdown\b[^\n]*\{[\s\S]*/, "\n") : text;
}

/** A new project whose database is `database`. */
export function freshProject(database: string, settings: UserConfig = {}): TestProject {
  const root = freshFolder();
  const write = (path: string, text: string): void => {
    mkdirSync(dirname(join(root, path)), { recursive: true });
    writeFileSync(join(root, path), text);
  };
  return {
    root,
    write,
    config: (more = {}) => configFrom({ database, ...settings, ...more }, root),
    revisions(drawing, drafts = {}) {
      for (const input of draw(drawing)) {
        const draft = drafts[input.revision] ?? {};
        const name = `${(input.created ?? "").replace(/\D/g, "")}_${input.revision}${EXTENSIONS[draft.format ?? "ts"]}`;
        write(join(".migrations", name), revisionText(input, draft));
      }
    },
  };
}
