import { existsSync, readdirSync } from "node:fs";
import { join } from "node:path";
import { nearestManifest } from "./language.js";

/** Where projects keep their Objection models, the likeliest place first. */
const FOLDERS = ["src/models", "src/db/models", "src/database/models", "app/models", "lib/models", "server/models", "models"];

/** Returns a glob for the Objection models of a project, or null where it does not use Objection or keeps them elsewhere. */
export function findModels(root: string): string | null {
  const { dependencies, devDependencies } = nearestManifest(root);
  if (dependencies?.["objection"] === undefined && devDependencies?.["objection"] === undefined) return null;
  const folder = FOLDERS.find((path) => existsSync(join(root, path)));
  if (folder === undefined) return null;
  const isTypeScript = readdirSync(join(root, folder), { recursive: true }).some((name) => String(name).endsWith(".ts"));
  return `${folder}/**/*.${isTypeScript ? "ts" : "js"}`;
}
