import type { Config } from "../config/config.js";
import type { LedgerRow } from "../database/read-ledger.js";
import { command } from "../errors.js";
import { readHead } from "../git/head.js";
import { type Operation, operationInProgress } from "../git/operation-in-progress.js";
import { isRealHead } from "../graph/heads.js";
import type { Problem } from "../revision/problem.js";
import { assess, type Assessment } from "./assess.js";
import { findCheckout } from "./checkout.js";
import { type Elsewhere, findElsewhere } from "./find-elsewhere.js";
import { headsOf } from "./heads.js";
import { type Project, readProject, reportedProblems } from "./project.js";
import { type MeetOptions, readingLedger } from "./with-ledger.js";

export interface StatusResult {
  readonly git: { readonly branch: string | null; readonly commit: string | null; readonly state: Operation } | null;
  readonly database: { readonly url: string; readonly environment: string | null };
  readonly heads: readonly string[];
  readonly rows: readonly string[];
  readonly pending: readonly string[];
  readonly outOfOrder: readonly string[];
  /** `foundIn` names branches, or else the one commit that held it, which `commit` then names too. */
  readonly unknown: readonly { readonly revision: string; readonly foundIn: readonly string[]; readonly commit?: string }[];
  readonly edited: readonly string[];
  readonly reparented: readonly string[];
  readonly incomplete: Assessment["incomplete"];
  /** The one command that mends what is amiss; null when nothing is. */
  readonly next: string | null;
  /** Whether the applied set and its contents equal the checkout's. */
  readonly upToDate: boolean;
  readonly problems: readonly Problem[];
}

/** Chooses the next command: what blocks everything else comes first. A sync leaves what is only unknown or edited to the clone or worktree that applied it. */
function nextCommand(project: Project, found: Assessment, foreign: ReadonlySet<string>): string | null {
  const [problem] = project.problems;
  if (problem !== undefined) return problem.hint ?? null;
  const [incomplete] = found.incomplete;
  if (incomplete !== undefined) return command`gmig show ${incomplete.revision}`;
  const astray = [...found.unknown, ...found.edited];
  const needsSync = astray.some((id) => !foreign.has(id)) || found.reparented.length > 0 || found.outOfOrder.length > 0;
  const severalHeads = [...project.graph.nodes.values()].filter(isRealHead).length > 1;
  if (severalHeads) return "gmig merge heads";
  if (needsSync || (astray.length > 0 && found.pending.length > 0)) return "gmig sync";
  if (astray.length > 0) return "gmig sync --foreign";
  return found.pending.length > 0 ? "gmig upgrade" : null;
}

/** Where each unknown revision is found; nowhere outside a repository, or in one that cannot be read. */
async function locate(project: Project, unknown: readonly LedgerRow[]): Promise<StatusResult["unknown"]> {
  const checkout = unknown.length === 0 ? null : findCheckout(project.config);
  const found = checkout === null ? new Map<string, Elsewhere>() : await findElsewhere(unknown, project, checkout);
  return unknown.map(({ revision }) => {
    const { branches = [], commit = null } = found.get(revision) ?? {};
    return commit === null ? { revision, foundIn: branches } : { revision, foundIn: [commit], commit };
  });
}

async function gitStatus(project: Project): Promise<StatusResult["git"]> {
  const repository = findCheckout(project.config)?.repository;
  if (repository === undefined) return null;
  const [{ branch, commit }, { operation }] = await Promise.all([readHead(repository), operationInProgress(repository)]);
  return { branch, commit, state: operation };
}

/** Returns how database and checkout stand to each other, on one screen. */
export async function status(config: Config, options: MeetOptions = {}): Promise<StatusResult> {
  const project = await readProject(config);
  return readingLedger(project, options, async ({ ledger, connection, database, git }) => {
    const found = await assess(project, ledger, connection);
    const { rows, pending, outOfOrder, edited, reparented, incomplete } = found;
    const foreign = ledger.applied.filter(({ origin }) => origin !== git.origin).map(({ revision }) => revision);
    const differences = [pending, outOfOrder, found.unknown, edited, reparented, incomplete];
    return {
      git: await gitStatus(project),
      database: { url: database.address.url, environment: ledger.meta?.environment ?? null },
      heads: headsOf(project).map(({ revision }) => revision),
      rows,
      pending,
      outOfOrder,
      unknown: await locate(project, ledger.applied.filter(({ revision }) => found.unknown.includes(revision))),
      edited,
      reparented,
      incomplete,
      next: nextCommand(project, found, new Set(foreign)),
      upToDate: differences.every(({ length }) => length === 0) && project.problems.length === 0,
      problems: reportedProblems(project),
    };
  });
}
