import { createHash, randomUUID } from "node:crypto";
import { readFileSync, statSync } from "node:fs";
import { join } from "node:path";
import type { Config } from "../config/config.js";
import { writeCache } from "../directory/cache-file.js";
import { fingerprint } from "../load/fingerprint.js";
import type { DeclaredSchema } from "../schema/declared-schema.js";
import { VERSION } from "../version.js";
import type { Differences } from "./differences.js";

/** What was found when models that declare this were compared with this catalogue. */
export interface KeptDifferences {
  /** See `catalogueDigest`. */
  readonly catalogue: string;
  /** See {@link declaredDigest}. */
  readonly declared: string;
  /** The files that the models followed from. */
  readonly inputs: readonly string[];
  /** When it was written, in milliseconds by the file system's clock. */
  readonly written: number;
  readonly differences: Differences;
}

/** Where differences are kept that follow from models and catalogue alone; null where functions of the configuration have their say. */
export function differencesFile(config: Config, knexTables: ReadonlySet<string>): string | null {
  const { cache, schemas, enums, foreignKeys, include, rewrite } = config;
  if (include !== null || rewrite !== null) return null;
  return join(cache, "answers", `${fingerprint(JSON.stringify(["models 3", VERSION, schemas, enums, foreignKeys, ...knexTables]))}.json`);
}

/** Returns a text that is another one wherever the models declare something else. Table by table, for the whole is many megabytes. */
export function declaredDigest({ tables, enums }: DeclaredSchema): string {
  const hash = createHash("sha256").update(JSON.stringify(enums));
  for (const table of tables) hash.update(JSON.stringify(table));
  return hash.digest("base64url");
}

function isWhole(kept: Partial<KeptDifferences> | null): kept is KeptDifferences {
  const { operations, kept: left, suggestions, possibleRenames, hazards, properties } = kept?.differences ?? ({} as Partial<Differences>);
  const isProperty = (each: Partial<Differences["properties"][number]> | null): boolean => [each?.operation, each?.property, each?.otherwise].every((text) => typeof text === "string");
  return (
    [kept?.inputs, operations, left, suggestions, possibleRenames, hazards].every((list) => Array.isArray(list) && list.every((text) => typeof text === "string")) &&
    Array.isArray(properties) && properties.every(isProperty)
  );
}

/** Returns what was kept; null when there is nothing, or nothing that can be read, or not all of it. */
export function readDifferences(file: string): KeptDifferences | null {
  try {
    const kept = JSON.parse(readFileSync(file, "utf8")) as Partial<KeptDifferences> | null;
    return isWhole(kept) ? kept : null;
  } catch {
    return null;
  }
}

/** Keeps what was found last. */
export function keepDifferences(file: string, kept: Omit<KeptDifferences, "written">): void {
  writeCache(file, randomUUID(), (written) => JSON.stringify({ ...kept, written } satisfies KeptDifferences));
}

/** Whether a file that the models followed from has been saved since, as far as its time tells: enough to expect another result, not to rule it out. */
export function seemsOutdated({ inputs, written }: KeptDifferences): boolean {
  return inputs.some((file) => (statSync(file, { throwIfNoEntry: false })?.mtimeMs ?? Infinity) >= written);
}
