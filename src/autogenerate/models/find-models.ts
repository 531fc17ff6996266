import { isModelClass, type ModelClass } from "./model-class.js";

/** A model class and the file whose export it is. */
export interface FoundModel {
  readonly model: ModelClass;
  readonly file: string;
}

/** The model classes among what modules export, each once: by name, as default, and in exported arrays and objects. */
export function findModels(
  modules: readonly { readonly file: string; readonly exports: Readonly<Record<string, unknown>> }[],
): readonly FoundModel[] {
  const found = new Map<ModelClass, string>();
  for (const { file, exports } of modules) {
    for (const value of Object.values(exports).flatMap((each) => inside(each))) {
      if (isModelClass(value) && !found.has(value)) found.set(value, file);
    }
  }
  return [...found].map(([model, file]) => ({ model, file }));
}

/** A list or object in the default export: what Node makes of a CommonJS module that has one. */
const DEEPEST = 2;

/** The value itself, or what an array, a plain object or a module's namespace holds. */
function inside(value: unknown, depth = 1): readonly unknown[] {
  if (typeof value !== "object" || value === null) return [value];
  const prototype: unknown = Object.getPrototypeOf(value);
  const isOpen = Array.isArray(value) || prototype === Object.prototype || prototype === null;
  if (!isOpen || depth > DEEPEST) return [];
  return Object.values(value).flatMap((each: unknown) => inside(each, depth + 1));
}
