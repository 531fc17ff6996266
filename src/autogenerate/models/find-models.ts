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
    for (const value of Object.values(exports).flatMap(inside)) {
      if (isModelClass(value) && !found.has(value)) found.set(value, file);
    }
  }
  return [...found].map(([model, file]) => ({ model, file }));
}

/** The value itself, or what an array, a plain object or a module's namespace holds. */
function inside(value: unknown): readonly unknown[] {
  if (Array.isArray(value)) return value;
  if (typeof value !== "object" || value === null) return [value];
  const prototype: unknown = Object.getPrototypeOf(value);
  return prototype === Object.prototype || prototype === null ? Object.values(value) : [];
}
