import type { Config, ConfigFlags, Surroundings } from "./config/config.js";
import type { UserConfig } from "./config/user-config.js";
import type { AutogenerateOptions, AutogenerateResult } from "./workflow/autogenerate.js";
import type { CheckOptions, CheckResult } from "./workflow/check.js";
import type { DowngradeOptions } from "./workflow/downgrade.js";
import type { MergeOptions, MergeResult } from "./workflow/merge.js";
import type { CurrentResult } from "./workflow/current.js";
import type { EnsureResult } from "./workflow/ensure.js";
import type { HeadsResult } from "./workflow/heads.js";
import type { HistoryOptions, HistoryResult } from "./workflow/history.js";
import type { LogResult } from "./workflow/log.js";
import type { OfflineOptions, OfflineResult } from "./workflow/offline-sql.js";
import type { PlanResult } from "./workflow/plan-result.js";
import type { RebaseOptions, RebaseResult } from "./workflow/rebase.js";
import type { RevisionOptions, RevisionResult } from "./workflow/revision.js";
import type { StampOptions, StampResult } from "./workflow/stamp.js";
import type { StatusResult } from "./workflow/status.js";
import type { SyncOptions, SyncResult } from "./workflow/sync.js";
import type { UpgradeOptions } from "./workflow/upgrade.js";
import type { MeetOptions } from "./workflow/with-ledger.js";

// The pure part: no database, no file.
export { GmigError, type ErrorCode, type ErrorKind } from "./errors.js";
export { buildGraph, readGraph, type GraphReading } from "./graph/build-graph.js";
export type { Graph, GraphInput, Node } from "./graph/graph.js";
export { heads, type Heads } from "./graph/heads.js";
export { listRange } from "./graph/list-range.js";
export { resolve, type NameContext } from "./graph/resolve.js";
export type { AppliedInput, Direction, Plan, Step } from "./plan/plan.js";
export { planDowngrade, type DowngradeRequest } from "./plan/plan-downgrade.js";
export { planStamp, type StampPlan, type StampRequest } from "./plan/plan-stamp.js";
export { planUpgrade, type UpgradeRequest } from "./plan/plan-upgrade.js";
export type { AppliedRevision } from "./revision/applied.js";
export type { Header } from "./revision/header.js";
export type { Problem } from "./revision/problem.js";
export type { TableSchema } from "./schema/table-schema.js";
export { defineConfig, type DatabaseConfig, type DatabaseContext, type Environment, type StepEvent, type UserConfig } from "./config/user-config.js";
export type {
  AutogenerateOptions,
  AutogenerateResult,
  CheckOptions,
  CheckResult,
  Config,
  ConfigFlags,
  CurrentResult,
  DowngradeOptions,
  EnsureResult,
  HeadsResult,
  HistoryOptions,
  HistoryResult,
  LogResult,
  MeetOptions,
  MergeOptions,
  MergeResult,
  OfflineOptions,
  OfflineResult,
  PlanResult,
  RebaseOptions,
  RebaseResult,
  RevisionOptions,
  RevisionResult,
  StampOptions,
  StampResult,
  StatusResult,
  Surroundings,
  SyncOptions,
  SyncResult,
  UpgradeOptions,
};

/**
 * What a verb works on: a configuration as a file would export it, with folders relative to the working directory; or one that `loadConfig` found.
 */
export type AnyConfig = UserConfig | Config;

/**
 * Finds and loads the configuration as the command line does.
 *
 * ```ts
 * const config = await loadConfig({ cwd: process.cwd(), env: process.env, interactive: false });
 * await upgrade(config);
 * ```
 *
 * @throws GmigError CONFIG_NOT_FOUND, CONFIG_INVALID, USAGE.
 */
export async function loadConfig(around: Surroundings, flags: ConfigFlags = {}): Promise<Config> {
  return (await import("./config/load-config.js")).loadConfig(around, flags);
}

async function resolved(config: AnyConfig): Promise<Config> {
  if ("root" in config) return config;
  return (await import("./config/load-config.js")).configFrom(config, ".");
}

/** Applies what is pending up to a target, `head` when left out. */
export async function upgrade(config: AnyConfig, target?: string, options?: UpgradeOptions): Promise<PlanResult> {
  return (await import("./workflow/upgrade.js")).upgrade(await resolved(config), target, options);
}

/** Reverts what stands on a target. */
export async function downgrade(config: AnyConfig, target: string, options?: DowngradeOptions): Promise<PlanResult> {
  return (await import("./workflow/downgrade.js")).downgrade(await resolved(config), target, options);
}

/** Returns the script of an upgrade, for `[FROM:]TO`, without a database. */
export async function upgradeSql(config: AnyConfig, target: string, options?: OfflineOptions): Promise<OfflineResult> {
  return (await import("./workflow/offline-sql.js")).upgradeSql(await resolved(config), target, options);
}

/** Returns the script of a downgrade, for `FROM:TO`, without a database. */
export async function downgradeSql(config: AnyConfig, range: string, options?: OfflineOptions): Promise<OfflineResult> {
  return (await import("./workflow/offline-sql.js")).downgradeSql(await resolved(config), range, options);
}

/** Says what is applied without running anything. */
export async function stamp(config: AnyConfig, targets: readonly string[], options?: StampOptions): Promise<StampResult> {
  return (await import("./workflow/stamp.js")).stamp(await resolved(config), targets, options);
}

/** Makes gmig's own tables and nothing else. */
export async function ensure(config: AnyConfig, options?: MeetOptions): Promise<EnsureResult> {
  return (await import("./workflow/ensure.js")).ensure(await resolved(config), options);
}

/** Returns where the database is. */
export async function current(config: AnyConfig): Promise<CurrentResult> {
  return (await import("./workflow/current.js")).current(await resolved(config));
}

/** Returns how database and checkout stand to each other. */
export async function status(config: AnyConfig, options?: MeetOptions): Promise<StatusResult> {
  return (await import("./workflow/status.js")).status(await resolved(config), options);
}

/** Returns the last things that were done to the database, newest first. */
export async function log(config: AnyConfig, limit?: number): Promise<LogResult> {
  return (await import("./workflow/log.js")).log(await resolved(config), limit);
}

/** Returns the heads of the checkout; `heads` is those of a graph. */
export async function listHeads(config: AnyConfig): Promise<HeadsResult> {
  return (await import("./workflow/heads.js")).heads(await resolved(config));
}

/** Returns the revisions of the checkout, newest first. */
export async function history(config: AnyConfig, options?: HistoryOptions): Promise<HistoryResult> {
  return (await import("./workflow/history.js")).history(await resolved(config), options);
}

/** Writes a new revision. */
export async function revision(config: AnyConfig, options: RevisionOptions): Promise<RevisionResult> {
  return (await import("./workflow/revision.js")).revision(await resolved(config), options);
}

/** Joins heads by a merge revision, once both orders of their sides have led to one schema. */
export async function merge(config: AnyConfig, names: readonly string[], options?: MergeOptions): Promise<MergeResult> {
  return (await import("./workflow/merge.js")).merge(await resolved(config), names, options);
}

/** Makes a development or test database match the checkout: reverts what the checkout lacks or has edited, and applies everything to all heads. */
export async function sync(config: AnyConfig, options?: SyncOptions): Promise<SyncResult> {
  return (await import("./workflow/sync.js")).sync(await resolved(config), options);
}

/** Puts the revisions that the upstream branch lacks on another head, in one line. */
export async function rebase(config: AnyConfig, options: RebaseOptions): Promise<RebaseResult> {
  return (await import("./workflow/rebase.js")).rebase(await resolved(config), options);
}

/** Checks the heads, the merged result with another branch, or the models, as is asked for. */
export async function check(config: AnyConfig, options?: CheckOptions): Promise<CheckResult> {
  return (await import("./workflow/check.js")).check(await resolved(config), options);
}

/** Writes the revision that takes the database to the models; nothing when nothing contradicts. */
export async function autogenerate(config: AnyConfig, options: AutogenerateOptions): Promise<AutogenerateResult> {
  return (await import("./workflow/autogenerate.js")).autogenerate(await resolved(config), options);
}
