import { fileURLToPath } from "node:url";
import { viewOf } from "./module-view.js";

type Properties = Readonly<Record<string, unknown>>;

/** What Node's own import gave, where require could not. */
const imported = new Map<string, Properties>();

/** Thrown where require can't do what the import statement asks for, or only Node can say whether it may; once Node has imported the target, it is there. */
export class LeftToNode extends Error {
  readonly target: string;

  constructor(target: string) {
    super(`${target} has to be imported by Node`);
    this.target = target;
  }
}

/** Has Node import what was left to it. Throws what that throws; throws the given error itself where it is any other, or has been here before. */
export async function importByNode(thrown: unknown): Promise<void> {
  if (!(thrown instanceof LeftToNode) || imported.has(thrown.target)) {
    throw thrown;
  }
  imported.set(thrown.target, (await import(thrown.target)) as Properties);
}

/** What an import statement sees of a package's file, by its URL, or of a module of Node's. Throws LeftToNode, or what the package throws. */
export function importPackage(target: string, names: readonly string[], require: NodeJS.Require): Properties {
  const known = imported.get(target);
  if (known !== undefined) {
    return provided(known, names, target);
  }
  const view = requireView(target, require);
  // Of CommonJS, Node lets names be imported that it reads in the text, be they there or not.
  if (names.some((name) => !(name in view))) {
    throw new LeftToNode(target);
  }
  return view;
}

function requireView(target: string, require: NodeJS.Require): Properties {
  if (target.includes("?") || target.includes("#")) {
    throw new LeftToNode(target);
  }
  try {
    return viewOf(require(pathOf(target)));
  } catch (error) {
    // A module that awaits at top level, or is being imported at this moment.
    throw error instanceof Error && (error as NodeJS.ErrnoException).code?.startsWith("ERR_REQUIRE_") ? new LeftToNode(target) : error;
  }
}

/** By URL: a thousand modules import the same few packages. */
const paths = new Map<string, string>();

function pathOf(target: string): string {
  if (!target.startsWith("file:")) {
    return target;
  }
  const path = paths.get(target) ?? fileURLToPath(target);
  paths.set(target, path);
  return path;
}

/** The module, if it has all of the names. Throws what Node throws where it has not. */
export function provided(module: Properties, names: readonly string[], called: string): Properties {
  const lacking = names.find((name) => !(name in module));
  if (lacking !== undefined) {
    throw new SyntaxError(`The requested module '${called}' does not provide an export named '${lacking}'`);
  }
  return module;
}
