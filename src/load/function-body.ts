import { AWAITED, HELPERS, LATER, NEIGHBOUR, STATED, type ModuleForm } from "./module-form.js";
import { finishText } from "./source-map.js";

export interface CompiledText {
  readonly text: string;
  /** Of its source map. */
  readonly mappings: string;
}

/** Makes a compiled text, as esbuild prints it, the body of a function with our parameters. The way back to the source stays right. */
export function functionBody(compiled: CompiledText, form: ModuleForm, source: string): string {
  const printed = compiled.text.replace(/^#!/, "//").replaceAll(`import("${NEIGHBOUR}`, `${LATER}("${NEIGHBOUR}`);
  const { text, mappings } = withoutHelpers({ text: withoutAnnotation(printed), mappings: compiled.mappings });
  switch (form) {
    case "cjs":
      return finishText(text, "", mappings, source);
    case "esm":
      return finishText(text, `"use strict";`, mappings, source);
    case "async":
      return finishText(awaitImports(text), asyncStart(text), mappings, source);
  }
}

/** esbuild prints at the end, for tools that only read, what is exported. */
function withoutAnnotation(text: string): string {
  const at = text.lastIndexOf("\n// Annotate the CommonJS export names for ESM import in node:\n0 && (module.exports = {");
  return at === -1 ? text : text.slice(0, at + 1);
}

/** Takes out the definitions of helpers that are parameters. They stand before the first comment with a path. */
function withoutHelpers({ text, mappings }: CompiledText): CompiledText {
  const end = text.search(/^\/\/ /m);
  const from = text.search(/^var __/m);
  if (from === -1 || from > end) {
    return { text, mappings };
  }
  const definitions = text.slice(from, end).split(/^(?=var __)/m);
  const kept = definitions.filter((definition) => !HELPERS.some((name) => definition.startsWith(`var ${name} = `)));
  const taken = lines(text.slice(from, end)) - lines(kept.join(""));
  return { text: text.slice(0, from) + kept.join("") + text.slice(end), mappings: mappings.slice(taken) };
}

function lines(text: string): number {
  return text.split("\n").length - 1;
}

const EXPORTS = /^export \{\n([\s\S]*?)\n\};\n?$/m;

/** What an ES module exports is there from the start, as far as it is hoisted; the rest is there in time. */
function asyncStart(text: string): string {
  const exported = (EXPORTS.exec(text)?.[1] ?? "").split(",\n").filter((line) => line.trim() !== "");
  const getters = exported.map((line) => {
    const [local = "", name = local] = line.trim().split(/ as (.*)/);
    return `${name}: () => ${local}`;
  });
  return `"use strict"; return (async () => { __export(exports, { ${getters.join(", ")} }); __toCommonJS(exports);`;
}

const STATEMENT = /^import (?:((?:[^";]|"(?:[^"\\\n]|\\.)*" as )*?) from )?("(?:[^"\\\n]|\\.)*")(?: with \{[^}]*\})?;$/gm;
const STAR = new RegExp(`^export \\* from ("${STATED}(?:[^"\\\\\\n]|\\\\.)*")(?: with \\{[^}]*\\})?;$`, "gm");

/** In place of import and export statements, calls that are waited for. */
function awaitImports(text: string): string {
  const linked = text
    .replace(STATEMENT, (whole, clause: string | undefined, from: string) => (from.startsWith(`"${STATED}`) ? awaited(clause ?? "", from, lines(whole)) : whole))
    .replace(STAR, (_, from: string) => `__reExport(exports, await ${AWAITED}(${from}));`);
  return EXPORTS.test(linked) ? linked.replace(EXPORTS, (whole) => `})();${"\n".repeat(lines(whole))}`) : `${linked}\n})();\n`;
}

function awaited(clause: string, from: string, height: number): string {
  const { star, names } = readClause(clause);
  const call = `await ${AWAITED}(${from})`;
  const named = [...names].map(([local, name]) => `${name}: ${local}`).join(", ");
  const declared = star === undefined ? (named === "" ? call : `var { ${named} } = ${call}`) : `var ${star} = ${call}${named === "" ? "" : `, { ${named} } = ${star}`}`;
  return `${declared};${"\n".repeat(height)}`;
}

interface ImportClause {
  /** The name that stands for the whole. */
  readonly star: string | undefined;
  /** What is imported by name (as an object's key is written), by what it is called here. */
  readonly names: ReadonlyMap<string, string>;
}

function readClause(clause: string): ImportClause {
  const star = /(?:^|, )\* as (\S+)$/.exec(clause)?.[1];
  const braces = /\{([\s\S]*)\}/.exec(clause)?.[1] ?? "";
  const bare = /^([^\s{*,]+)/.exec(clause)?.[1];
  const names = new Map<string, string>(bare === undefined ? [] : [[bare, "default"]]);
  for (const item of braces.split(",").map((part) => part.trim())) {
    const [name = "", local = name] = item.split(/ as (.*)/);
    if (name !== "") {
      names.set(local, name);
    }
  }
  return { star, names };
}

const NAMED = /^(?:import|export) ((?:[^";]|"(?:[^"\\\n]|\\.)*" as )*?) from ("(?:[^"\\\n]|\\.)*")(?: with \{[^}]*\})?;$/gm;

/** The names that the import and re-export statements of an ES module, as esbuild prints it, take from each specifier. */
export function importedNames(text: string): ReadonlyMap<string, readonly string[]> {
  const found = new Map<string, readonly string[]>();
  for (const [, clause = "", from = ""] of text.matchAll(NAMED)) {
    const specifier = JSON.parse(from) as string;
    const names = [...readClause(clause).names.values()].map((name) => (name.startsWith('"') ? (JSON.parse(name) as string) : name));
    found.set(specifier, [...(found.get(specifier) ?? []), ...names]);
  }
  return found;
}
