import { randomInt } from "node:crypto";
import { setTimeout } from "node:timers/promises";
import type { GmigError } from "../errors.js";
import { followRefFile } from "./ref-files.js";
import type { Repository } from "./repository.js";
import { askGit, type Git, runGit } from "./run-git.js";

const ATTEMPTS = 20;

async function askRef(git: Git, ref: string): Promise<string | null> {
  const text = await askGit(git, ["for-each-ref", "--format=%(refname) %(objectname)", "--", ref], { purpose: `read ${ref}` });
  // As a pattern, a name stands also for all that lies beneath it.
  return text.split("\n").find((line) => line.startsWith(`${ref} `))?.slice(ref.length + 1) ?? null;
}

/**
 * Returns the id of the object (of any kind) that a reference, by its whole name, stands for; null when there is none.
 *
 * @throws GmigError GIT_FAILED where git's files don't tell, and git can't be asked.
 */
export async function readRef(repository: Repository, ref: string): Promise<string | null> {
  const end = followRefFile(repository, ref);
  return end === undefined ? askRef(repository.requireGit(`read ${ref}`), ref) : end.id;
}

/**
 * Sets a reference from what it was to what follows from that, and begins again when another process has changed it in between, so that nothing of either
 * is lost. `next` gets the present id, or null where there is no such reference, and is called anew each time. Returns the new id.
 *
 * @throws GmigError GIT_FAILED, and what `next` throws.
 */
export async function changeRef(repository: Repository, ref: string, next: (present: string | null) => Promise<string>): Promise<string> {
  const purpose = `set ${ref}`;
  const git = repository.requireGit(purpose);
  const none = "0".repeat(repository.objectFormat === "sha256" ? 64 : 40);
  for (let attempt = 1; ; attempt++) {
    const present = await readRef(repository, ref);
    const wanted = await next(present);
    if (wanted === present) return wanted;
    try {
      await runGit(git, ["update-ref", "--", ref, wanted, present ?? none], { purpose });
      return wanted;
    } catch (error) {
      const { reason } = (error as GmigError).data;
      if (attempt === ATTEMPTS || typeof reason !== "string" || !reason.includes("cannot lock ref")) throw error;
      await setTimeout(randomInt(2 ** Math.min(attempt, 6)));
    }
  }
}
