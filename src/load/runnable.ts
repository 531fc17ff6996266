import type { ModuleForm } from "./module-form.js";

/** A module as it is run: the body of a function, and what has to be known to link it. */
export interface RunnableModule {
  /** The source's path, real or as if: its place, and what packages are looked for from. */
  readonly source: string;
  readonly form: ModuleForm;
  readonly text: () => string;
  /** The names that its import statements take from a module, by what the compiled text says for that. */
  readonly names: Readonly<Record<string, readonly string[]>>;
}

/** Modules that import each other by the names that they have here. */
export interface Runnable {
  /** Tells it from all others, and from itself with other texts. */
  readonly id: string;
  readonly modules: ReadonlyMap<string, RunnableModule>;
  /** What import statements see of packages, by what the compiled text calls them, where that is known beforehand. */
  readonly packages?: ReadonlyMap<string, Readonly<Record<string, unknown>>>;
}
