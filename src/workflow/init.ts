import { existsSync } from "node:fs";
import { basename, join, relative } from "node:path";
import { configFileIn, projectAbove } from "../config/find-config.js";
import { createFile } from "../directory/write-file.js";
import { GmigError } from "../errors.js";
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

export interface InitOptions {
  readonly dryRun?: boolean | undefined;
  /** Begins a project of its own also inside of another, as in a monorepo. */
  readonly here?: boolean | undefined;
}

/** A second configuration further down would hide the first from whoever works there. */
function refuseInside(root: string): void {
  const above = projectAbove(root);
  if (above === null) return;
  throw new GmigError("USAGE", `This folder is part of a project that is set up already (${relative(root, above)}), and gmig works from here as it is; --here begins another project in this folder`, {
    hint: "--here",
    data: { file: above },
  });
}

/**
 * Writes a configuration and makes the revisions folder, leaving alone what is there.
 *
 * @throws GmigError USAGE inside of another project, WRITE_FAILED.
 */
export function init(root: string, options: InitOptions = {}): InitResult {
  const created: string[] = [];
  const kept: string[] = [];
  const knexfile = findKnexfile(root);
  const models = findModels(root);
  const config = configFileIn(root);
  if (config === null && options.here !== true) refuseInside(root);
  const write = (path: string, text: string): void => {
    if (options.dryRun !== true) createFile(join(root, path), text);
    created.push(path);
  };
  if (config === null) write(CONFIG_NAME[projectLanguage(root)], configText(knexfile, models));
  else kept.push(basename(config));
  // Git keeps no empty folder.
  if (existsSync(join(root, FOLDER))) kept.push(FOLDER);
  else write(`${FOLDER}/.gitkeep`, "");
  return { created, kept, found: knexfile === null ? [] : [basename(knexfile)], models };
}
