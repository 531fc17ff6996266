import { dirname, basename } from "node:path";
import { compileFunction, constants } from "node:vm";
import { helpersFor } from "./helper-functions.js";
import { NEIGHBOUR, PARAMETERS, STATED } from "./module-form.js";
import { moduleScope } from "./module-scope.js";
import { namedExports, viewOf } from "./module-view.js";
import { outputPath } from "./output-name.js";
import { importByNode, importPackage, provided } from "./package-import.js";
import type { Runnable, RunnableModule } from "./runnable.js";
import { rememberText } from "./source-position.js";

type Properties = Readonly<Record<string, unknown>>;

/** A module that runs or has run. */
interface Instance {
  readonly source: RunnableModule;
  readonly module: { exports: unknown };
  isDone: boolean;
  /** Of one that awaits: fulfilled when it has run. */
  ready: Promise<void> | undefined;
  /** The one whose import it waits for. */
  waitsFor: Instance | undefined;
}

/** By the ids of what was run, then by name. */
const instances = new Map<string, Map<string, Instance>>();

/** Runs a module, once for as long as it is the same, and all that it imports, and returns what it exports. Throws what it throws; then it is run again when it is asked for again. */
export async function runModule(runnable: Runnable, name: string): Promise<Properties> {
  const instance = await finished(runnable, name);
  return instance.source.form === "cjs" ? namedExports(instance.module.exports) : (instance.module.exports as Properties);
}

async function finished(runnable: Runnable, name: string): Promise<Instance> {
  for (;;) {
    try {
      const instance = start(runnable, name);
      await instance.ready;
      return instance;
    } catch (thrown) {
      await importByNode(thrown);
    }
  }
}

/** The module's one instance. One that awaits may still have to run. */
function start(runnable: Runnable, name: string): Instance {
  const others = instances.get(runnable.id) ?? new Map<string, Instance>();
  instances.set(runnable.id, others);
  const known = others.get(name);
  if (known !== undefined) {
    return known;
  }
  const source = runnable.modules.get(name)!;
  const instance: Instance = { source, module: { exports: {} }, isDone: false, ready: undefined, waitsFor: undefined };
  others.set(name, instance);
  const forget = (thrown: unknown): never => {
    others.delete(name);
    throw thrown;
  };
  try {
    const result = call(instance, runnable);
    if (source.form === "async") {
      instance.ready = (result as Promise<void>).then(() => void (instance.isDone = true), forget);
      // Whoever asked waits for it too, unless it could not wait.
      instance.ready.catch(() => undefined);
    } else {
      instance.isDone = true;
    }
  } catch (thrown) {
    forget(thrown);
  }
  return instance;
}

function call(instance: Instance, runnable: Runnable): unknown {
  const { source, module } = instance;
  const text = source.text();
  const path = outputPath(runnable.id, source.source);
  rememberText(path, source.text);
  const run = compileFunction(text, PARAMETERS, { filename: path, importModuleDynamically: constants.USE_MAIN_CONTEXT_DEFAULT_LOADER }) as (...given: unknown[]) => unknown;
  const scope = moduleScope(source, text, {
    neighbour: (name) => present(start(runnable, name)).module.exports,
    stated: (printed) => {
      const target = printed.slice(STATED.length);
      return target.startsWith(NEIGHBOUR) ? seen(present(start(runnable, target.slice(NEIGHBOUR.length))), namesOf(printed)) : packageFor(target, namesOf(printed));
    },
  });
  const namesOf = (printed: string): readonly string[] => source.names[printed] ?? [];
  const packageFor = (target: string, names: readonly string[]): Properties => {
    const given = runnable.packages?.get(target);
    return given === undefined ? importPackage(target, names, scope.native()) : provided(given, names, target);
  };
  const awaited = async (printed: string): Promise<Properties> => {
    const target = printed.slice(STATED.length);
    for (;;) {
      try {
        if (!target.startsWith(NEIGHBOUR)) {
          return packageFor(target, namesOf(printed));
        }
        return seen(await waitFor(start(runnable, target.slice(NEIGHBOUR.length)), instance), namesOf(printed));
      } catch (thrown) {
        await importByNode(thrown);
      }
    }
  };
  const later = async (printed: string): Promise<Properties> => {
    const found = await finished(runnable, printed.slice(NEIGHBOUR.length));
    return source.form === "cjs" ? asTypeScriptHasIt(found) : seen(found, []);
  };
  return run.call(module.exports, module.exports, scope.require, module, source.source, dirname(source.source), scope.meta, awaited, later, ...helpersFor(source.form));
}

/** Waits until a module has run that another imports; not where that one, in the end, waits for this. */
async function waitFor(instance: Instance, importer: Instance): Promise<Instance> {
  for (let at: Instance | undefined = instance; at !== undefined; at = at.waitsFor) {
    if (at === importer) {
      return instance;
    }
  }
  importer.waitsFor = instance;
  await instance.ready;
  importer.waitsFor = undefined;
  return instance;
}

/** The module, if it need not be waited for. */
function present(instance: Instance): Instance {
  if (instance.source.form === "async" && !instance.isDone) {
    throw Object.assign(new Error(`require() cannot be used on ${basename(instance.source.source)}, which awaits at top level; use import() instead`), { code: "ERR_REQUIRE_ASYNC_MODULE" });
  }
  return instance;
}

/** What an import statement sees of a neighbour. Names are looked for once it has run: those of a cycle come in time. */
function seen({ source, module, isDone }: Instance, names: readonly string[]): Properties {
  const view = source.form === "cjs" ? viewOf(module.exports) : (module.exports as Properties);
  return isDone ? provided(view, names, basename(source.source)) : view;
}

/** What `import()` gives of a neighbour in CommonJS: the default is what the source exports as default. */
function asTypeScriptHasIt({ source, module }: Instance): Properties {
  const exports = module.exports as Properties | undefined;
  return source.form !== "cjs" || (exports?.["__esModule"] === true && "default" in exports) ? exports! : viewOf(module.exports);
}
