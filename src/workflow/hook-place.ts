import { join, resolve } from "node:path";
import type { Config } from "../config/config.js";
import { configFrom } from "../config/load-config.js";

/** What the shim says to the hook, by environment: this clone's own settings, never those of a committed file. */
export interface HookPlace {
  readonly sync: "report" | "auto" | "off";
  readonly merge: "write" | "fold" | "warn" | "off";
  /** The revisions folders of the project, absolute. */
  readonly folders: readonly string[];
}

type Environment = Readonly<Record<string, string | undefined>>;

/** Reads what the shim says; null when the hook was not called by it. */
export function readHookPlace(env: Environment, cwd: string): HookPlace | null {
  const top = env["GMIG_HOOK_TOP"];
  if (top === undefined || top === "") return null;
  const { GMIG_HOOK_SYNC: sync, GMIG_HOOK_MERGE: merge, GMIG_HOOK_FOLDERS: folders = "" } = env;
  return {
    sync: sync === "auto" || sync === "off" ? sync : "report",
    merge: merge === "fold" || merge === "warn" || merge === "off" ? merge : "write",
    folders: folders
      .split("\n")
      .filter((folder) => folder !== "")
      .map((folder) => resolve(cwd, join(top, folder))),
  };
}

/** A configuration of the folders alone, for reading headers: no file of the project is run for it. */
export function headersOnly(place: HookPlace, cwd: string, gitEnv: Environment): Config {
  const config = configFrom({ migrations: [...place.folders] }, cwd, gitEnv);
  return { ...config, gitEnv };
}
