import type { Config } from "../config/config.js";
import { GmigError } from "../errors.js";
import { readHead } from "../git/head.js";
import { operationInProgress } from "../git/operation-in-progress.js";
import { type Checkout, findCheckout } from "./checkout.js";
import { type HookPlace, headersOnly } from "./hook-place.js";
import { hookMerge } from "./hook-merge.js";
import { hookPush } from "./hook-push.js";
import { sync } from "./sync.js";

export const HOOK_NAMES = ["post-checkout", "post-merge", "post-rewrite", "post-commit", "post-applypatch", "pre-commit", "pre-push"] as const;
export type HookName = (typeof HOOK_NAMES)[number];

export interface HookRequest {
  readonly name: HookName;
  readonly place: HookPlace;
  readonly cwd: string;
  readonly gitEnv: Readonly<Record<string, string | undefined>>;
  /** Git's standard input, for pre-push. */
  readonly input: string;
  /** Loads the project's own configuration: asked for only where this clone lets the project's code run. */
  readonly loadConfig: () => Promise<Config>;
}

export interface HookResult {
  /** What to print, a line each. */
  readonly lines: readonly string[];
  /** Whether Git should stop; only before a push. */
  readonly stops: boolean;
}

const NOTHING: HookResult = { lines: [], stops: false };

/** A hook waits for nobody: a database that does not answer at once is left alone. */
const CONNECT_MILLISECONDS = 2000;

function told(error: unknown): readonly string[] {
  if (!(error instanceof GmigError)) throw error;
  return [error.message.split("\n")[0] ?? "", ...(error.hint === undefined ? [] : [`hint: ${error.hint}`])];
}

async function autoSync(config: Config): Promise<readonly string[]> {
  try {
    const { plan, reparented, left } = await sync(config, { connectTimeout: CONNECT_MILLISECONDS, lockWait: 0 });
    const downs = plan.filter(({ direction }) => direction === "down").length;
    const ups = plan.length - downs;
    const parts = [...(downs > 0 ? [`reverted ${downs}`] : []), ...(ups > 0 ? [`applied ${ups}`] : []), ...(reparented.length > 0 ? [`re-parented ${reparented.length}`] : [])];
    return [...(parts.length > 0 ? [`the database follows: ${parts.join(", ")}`] : []), ...(left.length > 0 ? [`left alone, since another clone applied it: ${left.join(", ")}`, "hint: gmig sync --foreign"] : [])];
  } catch (error) {
    // A database that is not for playing with is none of a hook's business.
    if (error instanceof GmigError && error.code === "NOT_DEVELOPMENT") return [];
    return told(error);
  }
}

/** Whether a commit that was just made joins two lines. */
async function isMergeCommit({ repository }: Checkout): Promise<boolean> {
  const { commit } = await readHead(repository);
  const object = commit === null ? undefined : (await (await repository.reader()).readObjects([commit])).get(commit);
  return object !== undefined && (object.bytes.toString("latin1").split("\n\n")[0]?.match(/^parent /gm)?.length ?? 0) > 1;
}

async function mergeLines(request: HookRequest, headers: Config, checkout: Checkout, own: Config | null): Promise<readonly string[]> {
  const { name, place } = request;
  if (name === "pre-commit") {
    const { mergeHeads } = await operationInProgress(checkout.repository);
    return place.merge === "fold" && mergeHeads.length > 0 ? hookMerge(headers, own, place, "before-commit") : [];
  }
  const joins = name === "post-merge" || name === "post-rewrite" || (name === "post-commit" && (await isMergeCommit(checkout)));
  return joins ? hookMerge(headers, own, place, "after-commit") : [];
}

/**
 * Does what a Git hook is there for, as this clone's settings say: writes the merge revision after a merge, and under `auto` makes the database follow.
 * Unless it is `auto`, nothing of the project is run: headers are read from the folders that the shim names. Whether this is the moment, and not the
 * middle of a rebase, the shim has decided.
 */
export async function hook(request: HookRequest): Promise<HookResult> {
  const { name, place, cwd, gitEnv } = request;
  const headers = headersOnly(place, cwd, gitEnv);
  const checkout = findCheckout(headers);
  if (checkout === null) return NOTHING;
  if (name === "pre-push") {
    const lines = await hookPush(headers, request.input);
    return { lines, stops: lines.length > 0 };
  }
  const isAuto = place.sync === "auto";
  try {
    const own = isAuto ? await request.loadConfig() : null;
    const merged = await mergeLines(request, headers, checkout, own);
    const synced = own === null || name === "pre-commit" ? [] : await autoSync(own);
    return { lines: [...merged, ...synced], stops: false };
  } catch (error) {
    return { lines: told(error), stops: false };
  }
}
