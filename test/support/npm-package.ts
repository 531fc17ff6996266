import { execFile } from "node:child_process";
import { writeFile } from "node:fs/promises";
import { join } from "node:path";
import { promisify } from "node:util";
import { cached } from "./cache-folder.js";

const run = promisify(execFile);

/**
 * The folder of a package of exactly this version, outside the repository's node_modules, fetched when it is not in
 * the cache yet, by the machine's own npm configuration and without running the package's install scripts.
 */
export async function npmPackage(name: string, version: string): Promise<string> {
  const entry = await cached(`${name.replace("/", "+")}-${version}`, (folder) => install(folder, name, version));
  return join(entry, "node_modules", name);
}

async function install(folder: string, name: string, version: string): Promise<void> {
  await writeFile(join(folder, "package.json"), "{}");
  const flags = ["--ignore-scripts", "--no-package-lock", "--prefer-offline", "--no-audit", "--no-fund", "--loglevel=error"];
  await run("npm", ["install", "--prefix", folder, ...flags, `${name}@${version}`], { cwd: folder });
}
