import { readdirSync, readFileSync, statSync } from "node:fs";
import { join } from "node:path";
import type { HooksInstallResult } from "../../src/workflow/hooks-install.js";
import type { HooksStatusResult } from "../../src/workflow/hooks-status.js";
import type { HooksUninstallResult } from "../../src/workflow/hooks-uninstall.js";
import { gmigIn } from "../hooks/hooked-repository.js";
import { freshRepository, type Repository } from "../support/repository.js";

export interface ErrorJson {
  readonly error: { readonly code: string; readonly message: string; readonly hint?: string };
}

/** A repository with a project of gmig's at its top, and these files. */
export function project(files: Readonly<Record<string, string>> = {}): Repository {
  const repository = freshRepository();
  repository.commit("one", { "gmig.config.json": "{}", ".migrations/.gitkeep": "", ...files });
  return repository;
}

/** Runs `gmig hooks …` with --json. */
export async function json<Result>(repository: Repository, ...args: readonly string[]): Promise<Result> {
  return JSON.parse((await gmigIn(repository, ["hooks", ...args, "--json"])).stdout) as Result;
}

export const install = async (repository: Repository, ...args: readonly string[]): Promise<HooksInstallResult> => json(repository, "install", ...args);
export const uninstall = async (repository: Repository, ...args: readonly string[]): Promise<HooksUninstallResult> => json(repository, "uninstall", ...args);
export const status = async (repository: Repository): Promise<HooksStatusResult> => json(repository, "status");

/** Every file of the worktree and of git's folder but its objects and logs, with its mode. */
export function everything({ path }: Repository): ReadonlyMap<string, string> {
  const entries = readdirSync(path, { recursive: true, withFileTypes: true }).filter((entry) => entry.isFile());
  const files = entries.map((entry) => join(entry.parentPath, entry.name)).filter((file) => !/\/\.git\/(objects|logs|index|gmig)/.test(file));
  return new Map(files.sort().map((file) => [file, `${statSync(file).mode} ${readFileSync(file, "latin1")}`]));
}
