import { execFile } from "node:child_process";
import { existsSync } from "node:fs";
import { dirname, join } from "node:path";
import { promisify } from "node:util";
import type { Config } from "../config/config.js";
import { nearestManifest } from "../project/language.js";
import { userPath } from "../project/user-binary.js";

const run = promisify(execFile);

const PRETTIER_FILES = [".prettierrc", ".prettierrc.json", ".prettierrc.yaml", ".prettierrc.yml", ".prettierrc.js", ".prettierrc.cjs", ".prettierrc.mjs", ".prettierrc.toml", "prettier.config.js", "prettier.config.cjs", "prettier.config.mjs", "prettier.config.ts"];
const BIOME_FILES = ["biome.json", "biome.jsonc"];

function hasOneOf(root: string, names: readonly string[]): boolean {
  for (let folder = root; ; folder = dirname(folder)) {
    if (names.some((name) => existsSync(join(folder, name)))) return true;
    if (existsSync(join(folder, ".git")) || dirname(folder) === folder) return false;
  }
}

/** The formatter that the project itself is formatted with: it has to be configured, and installed. */
function findFormatter(root: string): readonly string[] | null {
  const manifest = nearestManifest(root);
  if (hasOneOf(root, BIOME_FILES)) {
    const biome = userPath(root, "biome");
    if (biome !== null) return [biome, "format", "--write"];
  }
  if (hasOneOf(root, PRETTIER_FILES) || manifest.prettier !== undefined) {
    const prettier = userPath(root, "prettier");
    if (prettier !== null) return [prettier, "--write", "--log-level", "error"];
  }
  return null;
}

/** Runs the project's formatter over a written file. A revision that is not formatted is still a revision: a formatter that fails changes nothing. */
export async function formatFile(path: string, config: Config): Promise<void> {
  const { formatter, root } = config;
  if (formatter === false) return;
  const command = formatter === null ? findFormatter(root) : formatter.split(" ");
  const [program, ...args] = command ?? [];
  if (program === undefined) return;
  await run(userPath(root, program) ?? program, [...args, path], { cwd: root }).catch(() => undefined);
}
