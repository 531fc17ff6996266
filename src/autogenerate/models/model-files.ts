import { readdirSync, statSync } from "node:fs";
import { join, resolve, sep } from "node:path";
import { GmigError } from "../../errors.js";

/**
 * The files that paths, folders and glob patterns (`*`, `**`, `?`, `{a,b}`, and `!` before one that takes away) stand for, absolute, sorted,
 * each once. Declarations are no modules, and what lies in node_modules is not the project's; tests that stand beside the models, which only
 * their runner can load, are left out unless one is named itself. CONFIG_INVALID for one that matches nothing.
 */
export function findModelFiles(patterns: readonly string[], root: string): readonly string[] {
  const found = new Set<string>();
  for (const pattern of patterns.filter((each) => !each.startsWith("!"))) {
    const files = expand(pattern, root);
    if (files.length === 0) {
      throw new GmigError("CONFIG_INVALID", `No file matches ${pattern} below ${root}, where the config looks for models`, { hint: 'models: "src/models/**/*.ts"', data: { pattern, root } });
    }
    for (const file of files) found.add(file);
  }
  const excluded = patterns.filter((each) => each.startsWith("!")).map((each) => globRegExp(slashes(resolve(root, each.slice(1)))));
  return [...found].filter((file) => !excluded.some((regExp) => regExp.test(slashes(file)))).sort();
}

function expand(pattern: string, root: string): readonly string[] {
  const path = resolve(root, pattern);
  if (!/[*?{]/.test(pattern)) {
    const found = statSync(path, { throwIfNoEntry: false });
    if (found?.isDirectory() === true) return filesBelow(path).filter(isModule);
    return found === undefined ? [] : [path];
  }
  const fixed = slashes(path).split("/");
  const top = fixed.slice(0, fixed.findIndex((part) => /[*?{]/.test(part))).join("/");
  const regExp = globRegExp(slashes(path));
  return filesBelow(top === "" ? "/" : top).filter((file) => isModule(file) && regExp.test(slashes(file)));
}

function isModule(file: string): boolean {
  return /\.[cm]?[jt]sx?$/.test(file) && !/\.(d|test|spec|stories)\.[cm]?[jt]sx?$/.test(file) && !/\/__\w+__\//.test(slashes(file));
}

function filesBelow(folder: string): readonly string[] {
  if (statSync(folder, { throwIfNoEntry: false })?.isDirectory() !== true) return [];
  return readdirSync(folder, { withFileTypes: true }).flatMap((entry) => {
    if (entry.name === "node_modules" || entry.name === ".git") return [];
    const path = join(folder, entry.name);
    const isFolder = entry.isDirectory() || (entry.isSymbolicLink() && statSync(path, { throwIfNoEntry: false })?.isDirectory() === true);
    return isFolder ? (entry.isSymbolicLink() ? [] : filesBelow(path)) : [path];
  });
}

/** A glob over paths with `/`, as a regular expression. */
function globRegExp(glob: string): RegExp {
  let source = "";
  let depth = 0;
  for (let place = 0; place < glob.length; place++) {
    const character = glob.charAt(place);
    if (glob.startsWith("**/", place)) {
      source += "(?:[^/]+/)*";
      place += 2;
    } else if (glob.startsWith("**", place)) {
      source += ".*";
      place += 1;
    } else if (character === "*") source += "[^/]*";
    else if (character === "?") source += "[^/]";
    else if (character === "{") {
      source += "(?:";
      depth++;
    } else if (character === "}" && depth > 0) {
      source += ")";
      depth--;
    } else if (character === "," && depth > 0) source += "|";
    else source += character.replace(/[.+^$()|[\]\\{}]/, "\\$&");
  }
  return new RegExp(`^${source}$`);
}

function slashes(path: string): string {
  return path.split(sep).join("/");
}
