import { mkdirSync, symlinkSync, writeFileSync } from "node:fs";
import { createRequire } from "node:module";
import { dirname, join } from "node:path";
import { type LoadOptions, type LoadedModule, loadModules } from "../../src/load/load-modules.js";
import { freshFolder } from "../support/folder.js";

/** How the project's package.json has its `.js` and `.ts` files. */
export type ProjectType = "module" | "commonjs" | "unsaid";
export const PROJECT_TYPES: readonly ProjectType[] = ["module", "commonjs", "unsaid"];

export interface Project {
  readonly root: string;
  readonly cache: string;
  path(name: string): string;
  write(files: Readonly<Record<string, string>>): void;
  /** Loads files of the project, through its own cache unless told otherwise. */
  load(names: readonly string[], options?: Partial<LoadOptions>): Promise<readonly LoadedModule[]>;
  /** Loads one file and returns what it exports. */
  exports(name: string, options?: Partial<LoadOptions>): Promise<Readonly<Record<string, unknown>>>;
}

/** A project of these files, by path, in a fresh folder of that name. Its package.json follows from the type unless given. */
export function makeProject(type: ProjectType, files: Readonly<Record<string, string>>, name = "project"): Project {
  const home = freshFolder();
  const root = join(home, name);
  const cache = join(home, "cache");
  const project: Project = {
    root,
    cache,
    path: (file) => join(root, file),
    write: (more) => {
      for (const [file, text] of Object.entries(more)) {
        mkdirSync(dirname(join(root, file)), { recursive: true });
        writeFileSync(join(root, file), text);
      }
    },
    load: (names, options) => loadModules(names.map((file) => join(root, file)), { root, cache, ...options }),
    exports: async (file, options) => (await project.load([file], options))[0]!.exports,
  };
  const manifest = { name: "the-project", ...(type === "unsaid" ? {} : { type }) };
  project.write({ "package.json": JSON.stringify(manifest), ...files });
  return project;
}

/** Puts packages that gmig itself has into a project's node_modules. */
export function installReal(project: Project, packages: readonly string[]): void {
  const require = createRequire(import.meta.url);
  mkdirSync(project.path("node_modules"), { recursive: true });
  for (const name of packages) {
    symlinkSync(dirname(require.resolve(`${name}/package.json`)), project.path(`node_modules/${name}`));
  }
}
