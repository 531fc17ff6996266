import { existsSync, readFileSync, realpathSync, statSync } from "node:fs";
import { join, resolve } from "node:path";
import type { GitDirectory } from "./git-directory.js";
import { type ConfigValues, isTrue, lastValue, parseConfig } from "./parse-config.js";
import type { Place } from "./place.js";

function readConfigFile(path: string): ConfigValues {
  try {
    return parseConfig(readFileSync(path, "utf8"));
  } catch {
    return new Map();
  }
}

/** The names in the middle of `section.NAME.…`. */
function subsections(values: ConfigValues, section: string): readonly string[] {
  const found = [...values.keys()].flatMap((key) => (key.startsWith(`${section}.`) ? [key.slice(section.length + 1, key.lastIndexOf("."))] : []));
  return [...new Set(found)].filter((name) => name !== "");
}

function isShallow(commonDirectory: string): boolean {
  return (statSync(join(commonDirectory, "shallow"), { throwIfNoEntry: false })?.size ?? 0) > 0;
}

/** `core.bare` and `core.worktree` count for the main worktree; a linked one has its own or none (git-worktree(1), Configuration file). */
function worktreeSettings(directory: GitDirectory, common: ConfigValues): ConfigValues {
  const isLinked = directory.gitDirectory !== directory.commonDirectory;
  const shared: ConfigValues = isLinked ? new Map() : common;
  if (!isTrue(lastValue(common, "extensions.worktreeconfig"))) return shared;
  return new Map([...(isLinked ? common : shared), ...readConfigFile(join(directory.gitDirectory, "config.worktree"))]);
}

/** What was said about the worktree before the configuration: by GIT_WORK_TREE, or by where `.git` was found. */
export interface WorktreeHint {
  /** Overrides the configuration. */
  readonly said?: string | undefined;
  /** Without a configured one. */
  readonly found: string | null;
}

/** Returns what a repository's own files say about it. */
export function readPlace(directory: GitDirectory, hint: WorktreeHint): Place {
  const { gitDirectory, commonDirectory } = directory;
  const common = readConfigFile(join(commonDirectory, "config"));
  const settings = worktreeSettings(directory, common);
  const configured = lastValue(settings, "core.worktree");
  const isBare = isTrue(lastValue(settings, "core.bare"));
  const worktree = hint.said ?? (configured === undefined ? (isBare ? null : hint.found) : resolve(gitDirectory, configured));
  const extensions = new Map([...common].flatMap(([key, list]) => (key.startsWith("extensions.") ? [[key.slice(11), list.at(-1) ?? ""] as const] : [])));
  const remotes = subsections(common, "remote");
  const promises = (name: string): boolean => isTrue(lastValue(common, `remote.${name}.promisor`)) || common.has(`remote.${name}.partialclonefilter`);
  const promisor = extensions.get("partialclone") ?? remotes.find(promises) ?? null;
  return Object.freeze({
    worktree: worktree !== null && existsSync(worktree) ? realpathSync(worktree) : worktree,
    gitDirectory,
    commonDirectory,
    objectFormat: extensions.get("objectformat")?.toLowerCase() === "sha256" ? "sha256" : "sha1",
    refFormat: extensions.get("refstorage") ?? "files",
    bare: worktree === null,
    shallow: isShallow(commonDirectory),
    partial: promisor !== null,
    promisor,
    remotes,
    extensions,
  });
}
