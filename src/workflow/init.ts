import { existsSync, readdirSync } from "node:fs";
import { basename, join } from "node:path";
import { createFile } from "../directory/write-file.js";
import { findModels } from "../project/find-models.js";
import { findKnexfile } from "../project/knexfile.js";
import { projectLanguage } from "../project/language.js";

export interface InitResult {
  /** Paths from the project's folder. */
  readonly created: readonly string[];
  readonly kept: readonly string[];
  /** What was found and is used: a knexfile. */
  readonly found: readonly string[];
  /** A glob of the Objection models that were found. */
  readonly models: string | null;
}

/** The revisions folder of a new project. */
export const FOLDER = ".migrations";
const CONFIG_NAME = { ts: "gmig.config.ts", esm: "gmig.config.js", commonjs: "gmig.config.mjs" } as const;
const CONFIG_FILE = /^gmig\.config\.([mc]?[jt]s|json)$/;

function configText(knexfile: string | null, models: string | null): string {
  const database =
    knexfile === null
      ? '  database: process.env.DATABASE_URL ?? "pglite:.gmig/data",\n'
      : `  // The database is that of ${basename(knexfile)}, unless DATABASE_URL is set or "database" stands here.\n`;
  return `import { defineConfig } from "gmig";

export default defineConfig({
${database}  migrations: "${FOLDER}",
${models === null ? "" : `  models: ${JSON.stringify(models)},\n`}  environment: "development",
});
`;
}

/**
 * Writes a configuration and makes the revisions folder, leaving alone what is there.
 *
 * @throws GmigError WRITE_FAILED.
 */
export function init(root: string, options: { readonly dryRun?: boolean | undefined } = {}): InitResult {
  const created: string[] = [];
  const kept: string[] = [];
  const knexfile = findKnexfile(root);
  const models = findModels(root);
  const config = readdirSync(root).find((name) => CONFIG_FILE.test(name));
  const write = (path: string, text: string): void => {
    if (options.dryRun !== true) createFile(join(root, path), text);
    created.push(path);
  };
  if (config === undefined) write(CONFIG_NAME[projectLanguage(root)], configText(knexfile, models));
  else kept.push(config);
  // Git keeps no empty folder.
  if (existsSync(join(root, FOLDER))) kept.push(FOLDER);
  else write(`${FOLDER}/.gitkeep`, "");
  return { created, kept, found: knexfile === null ? [] : [basename(knexfile)], models };
}
