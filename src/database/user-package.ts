import { createRequire } from "node:module";
import { join } from "node:path";
import { pathToFileURL } from "node:url";
import { GmigError } from "../errors.js";

/** Imports a package as the user's project sees it, else as gmig does; rejects when neither has it. */
export type ImportPackage = (name: string) => Promise<unknown>;

/** Returns an importer for a project's folder: the copies that the project installed are the ones used. */
export function packagesOf(root: string): ImportPackage {
  const resolveFrom = createRequire(join(root, "package.json"));
  return async (name) => {
    let path: string | null = null;
    try {
      path = resolveFrom.resolve(name);
    } catch {
      // Not among the project's packages; ours are tried next.
    }
    return import(path === null ? name : pathToFileURL(path).href) as Promise<unknown>;
  };
}

/** Imports a package that a project has to bring, or says how to install it. */
export async function importPeer(importPackage: ImportPackage, name: string): Promise<Record<string, unknown>> {
  try {
    const module = (await importPackage(name)) as Record<string, unknown>;
    return (module["default"] as Record<string, unknown> | undefined) ?? module;
  } catch (cause) {
    throw new GmigError("CONFIG_INVALID", `The package ${name} is not installed in this project`, { hint: `npm install ${name}`, cause, data: { package: name } });
  }
}
