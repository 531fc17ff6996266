import { LATER, NEIGHBOUR } from "./module-form.js";
import { EXTENSIONS, isCode } from "./module-format.js";

/** In place of a file that a computed import may lead to, where its compiled form is, for the text that `followComputedImports` puts in. */
export function signpost(path: string): string {
  return MARK + path;
}

const MARK = "gmig leads to ";
const ENDINGS = ["", ...EXTENSIONS, ...EXTENSIONS.map((extension) => `/index${extension}`)];

/** Whether a computed import that matches the file is to get a compiled form of it; else it gets the file as Node loads it. */
export function isCompiledWhenMatched(path: string): boolean {
  return isCode(path) && !/\.d\.[cm]?ts$/.test(path) && !/[\\/]node_modules[\\/]/.test(path);
}

/**
 * esbuild takes `require("./parts/" + name)` for a choice among the files that match, by their full names, and would compile each into the importing
 * file. This has the choice made as Node would, with or without an extension, and follows signposts; what nobody foresaw is left to Node.
 * Keeps every line where it is.
 */
export function followComputedImports(text: string): string {
  return text.replace(/^(var __glob\d* = )\(map\) => \(path\) => \{\n.*\n.*\n.*\n\};$/m, (_, declared: string) =>
    [
      `${declared}(map) => (path) => {`,
      `  const at = ${JSON.stringify(ENDINGS)}.map((ending) => path + ending).find((name) => Object.hasOwn(map, name));`,
      `  const found = at && map[at](), follow = (led, to = led?.default ?? led) => typeof to === "string" && to.startsWith("${MARK}") ? to.slice(${MARK.length}) : undefined, enter = (to) => to.startsWith("${NEIGHBOUR}") ? ${LATER}(to) : import(require("node:url").pathToFileURL(to).href);`,
      `  return at === undefined ? require(path) : found instanceof Promise ? found.then((led) => follow(led) ? enter(follow(led)) : led) : follow(found) ? require(follow(found)) : found;`,
      "};",
    ].join("\n"),
  );
}
