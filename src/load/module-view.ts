import { types } from "node:util";

type Properties = Readonly<Record<string, unknown>>;

const views = new WeakMap<object, Properties>();

/**
 * What an import statement sees of what require gives: of an ES module its namespace; of anything else the whole as `default`, and its properties, looked up when
 * they are asked for.
 */
export function viewOf(exported: unknown): Properties {
  if ((typeof exported !== "object" && typeof exported !== "function") || exported === null) {
    return { default: exported };
  }
  if (types.isModuleNamespaceObject(exported)) {
    return exported as unknown as Properties;
  }
  const view = views.get(exported) ?? makeView(exported as Properties);
  views.set(exported, view);
  return view;
}

function makeView(exported: Properties): Properties {
  const view = Object.assign(Object.create(null) as object, { default: exported });
  for (const name of Object.getOwnPropertyNames(exported)) {
    if (name !== "default") {
      Object.defineProperty(view, name, { get: () => exported[name], enumerable: Object.prototype.propertyIsEnumerable.call(exported, name) });
    }
  }
  return view;
}

/**
 * What a CommonJS module exports, as TypeScript has it: its properties, and as `default` the whole of `module.exports`, unless it was an ES
 * module before it was compiled and so says itself what its default is.
 */
export function namedExports(exported: unknown): Properties {
  if ((typeof exported !== "object" && typeof exported !== "function") || exported === null) {
    return { default: exported };
  }
  const properties = exported as Properties;
  return properties["__esModule"] === true ? properties : { default: exported, ...properties };
}
