import type { HELPERS, ModuleForm } from "./module-form.js";

type Properties = Record<string, unknown>;
type Helpers = readonly unknown[] & { readonly length: (typeof HELPERS)["length"] };

const { create, defineProperty, getOwnPropertyDescriptor, getOwnPropertyNames, getPrototypeOf } = Object;

function hasOwnProperty(this: object, name: PropertyKey): boolean {
  return Object.hasOwn(this, name);
}

/** Gives a function or class the name that it has in the source. */
function nameAs<Named extends object>(target: Named, value: string): Named {
  return defineProperty(target, "name", { value, configurable: true });
}

function exportAll(target: object, all: Readonly<Record<string, () => unknown>>): void {
  for (const name in all) {
    defineProperty(target, name, { get: all[name]!, enumerable: true });
  }
}

/** Lets an object have another's properties, as they are at any time. */
function copyProps<To extends object>(to: To, from: unknown, except?: string): To {
  if ((typeof from === "object" && from !== null) || typeof from === "function") {
    for (const key of getOwnPropertyNames(from)) {
      if (!Object.hasOwn(to, key) && key !== except) {
        defineProperty(to, key, { get: () => (from as Properties)[key], enumerable: getOwnPropertyDescriptor(from, key)?.enumerable ?? true });
      }
    }
  }
  return to;
}

function reExport(target: object, from: unknown, second?: object): void {
  copyProps(target, from, "default");
  if (second !== undefined && second !== target) {
    copyProps(second, from, "default");
  }
}

/** What an import statement in CommonJS sees of a module: its properties, and a default. */
function toESM(module: unknown, isNodeMode?: number): object {
  const target: object = module === null || module === undefined ? {} : create(getPrototypeOf(module) as object);
  const says = (module as Properties | undefined)?.["__esModule"] === true;
  return copyProps(isNodeMode === 1 || !says ? defineProperty(target, "default", { value: module, enumerable: true }) : target, module);
}

function toCommonJS(exported: object): object {
  return defineProperty(exported, "__esModule", { value: true });
}

const EVERYWHERE = [create, defineProperty, nameAs, getOwnPropertyDescriptor, getOwnPropertyNames, getPrototypeOf, hasOwnProperty, exportAll, copyProps, reExport] as const;
const FOR_COMMONJS: Helpers = [...EVERYWHERE, toESM, toCommonJS];
// What an import statement gets has its default already.
const FOR_MODULES: Helpers = [...EVERYWHERE, (module: unknown) => module, toCommonJS];

/** The helpers of a function of that form, in the order of HELPERS. */
export function helpersFor(form: ModuleForm): readonly unknown[] {
  return form === "cjs" ? FOR_COMMONJS : FOR_MODULES;
}
