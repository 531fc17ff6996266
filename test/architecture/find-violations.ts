import { posix } from "node:path";
import { findCycle } from "./find-cycle.js";
import { type House, type PackageRooms, roomOf } from "./house.js";
import { type Import, readSource, type SourceFacts } from "./read-source.js";

export interface Rules {
  readonly house: House;
  readonly packages: PackageRooms;
  /** Rooms that may import what only a run tells. */
  readonly computed: readonly string[];
  /** The only file that may name `process`. */
  readonly entry: string;
  /** The one other file that may import something of it: the process's number, which says who holds a lock file and decides nothing. */
  readonly lockFile: string;
}

const IMPURE_NAMES = ["process", "console", "performance", "globalThis", "crypto", "fetch", "setTimeout", "setInterval", "setImmediate"];
const IMPURE_CONSTRUCTS = ["Date.now", "new Date()", "Date()", "Math.random"];

/** What these files (path below src → text) do against the rules, a sentence each, with the file first. */
export function findViolations(sources: ReadonlyMap<string, string>, rules: Rules): readonly string[] {
  const facts = new Map([...sources].map(([file, text]) => [file, readSource(text)]));
  const cycle = findCycle(new Map([...facts].map(([file, { imports }]) => [file, ownImports(file, imports)])));
  return [
    ...[...facts].flatMap(([file, fact]) => violationsOf(file, fact, rules).map((what) => `${file} ${what}`)),
    ...(cycle === undefined ? [] : [`${cycle[0]} imports itself: ${cycle.join(" → ")}`]),
  ];
}

function violationsOf(file: string, facts: SourceFacts, rules: Rules): readonly string[] {
  const room = roomOf(file, rules.house);
  if (room === undefined) return ["lies in no folder of the table"];
  const pure = rules.house[room]?.pure === true;
  const names = pure ? IMPURE_NAMES : file === rules.entry ? [] : ["process"];
  const constructs = [...(pure ? IMPURE_CONSTRUCTS : []), "throw new Error", "any"];
  return [
    ...facts.imports.flatMap((one) => violationsOfImport(file, room, one, rules) ?? []),
    ...names.filter((name) => facts.identifiers.has(name)).map((name) => `uses ${name}`),
    ...constructs.filter((construct) => facts.constructs.has(construct)).map((construct) => `uses ${construct}`),
  ];
}

function violationsOfImport(file: string, room: string, one: Import, rules: Rules): string | undefined {
  const { house, packages, computed, entry } = rules;
  const { from, typeOnly, names } = one;
  const { lockFile } = rules;
  const here = house[room];
  if (from === undefined) return computed.includes(room) ? undefined : "computes what it imports";
  if (from.startsWith(".")) {
    const other = roomOf(targetOf(file, from), house);
    const allowed = other === room || here?.imports.includes(other ?? "") || (typeOnly && here?.types === "*");
    return allowed ? undefined : `imports ${other ?? from}`;
  }
  const isOwnNumber = file === lockFile && names.join() === "pid";
  if (from === "node:process" && file !== entry && !isOwnNumber) return "imports node:process";
  if (here?.pure === true) {
    const hashing = from === "node:crypto" && names.every((name) => name === "createHash");
    return hashing ? undefined : `imports ${from}`;
  }
  const rooms = packages[packageOf(from)];
  return typeOnly || from.startsWith("node:") || rooms?.includes(room) ? undefined : `imports ${from}`;
}

/** A closed union and its members' files name each other's types: that is one definition in several files, not a cycle. */
function ownImports(file: string, imports: readonly Import[]): readonly string[] {
  return imports.flatMap(({ from, typeOnly }) => (from?.startsWith(".") && !typeOnly ? [targetOf(file, from)] : []));
}

function targetOf(file: string, from: string): string {
  return posix.join(posix.dirname(file), from).replace(/\.js$/, ".ts");
}

/** `@scope/name/part` → `@scope/name`. */
function packageOf(from: string): string {
  return from.split("/", from.startsWith("@") ? 2 : 1).join("/");
}
