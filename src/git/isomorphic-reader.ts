import * as fs from "node:fs";
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { expandOid, listRefs, readObject } from "isomorphic-git";
import { GmigError } from "../errors.js";
import { commonAncestors } from "./common-ancestors.js";
import { fetchAncestors, objectsMissing } from "./fetch-hints.js";
import { findFolder } from "./find-folder.js";
import { type GitObject, headerValues } from "./git-object.js";
import type { Place } from "./place.js";
import type { Branch, Reader } from "./reader.js";
import { followRefFile, readRefFile } from "./ref-files.js";
import { parseRefText, refCandidates } from "./ref-text.js";

/** The commits at which a shallow clone's history is cut off. */
function shallowCommits(place: Place): ReadonlySet<string> {
  return new Set(place.shallow ? readFileSync(join(place.commonDirectory, "shallow"), "utf8").split("\n") : []);
}

/**
 * How objects and references are read without a git program. In a linked worktree isomorphic-git is given the folder that all worktrees share, since it
 * does not follow `commondir`; HEAD and its like are read by ref-files.ts.
 */
export function isomorphicReader(place: Place): Reader {
  const gitdir = place.commonDirectory;
  // One cache for all calls, or each would parse the packs' indexes anew.
  const cache = {};
  const cut = shallowCommits(place);

  async function readOne(oid: string): Promise<GitObject | null> {
    try {
      const { type, object } = await readObject({ fs, gitdir, cache, oid, format: "content" });
      return { type: type as GitObject["type"], bytes: Buffer.from(object as Uint8Array) };
    } catch (error) {
      if ((error as { readonly code?: string }).code === "NotFoundError") return null;
      throw new GmigError("GIT_FAILED", `The object ${oid} could not be read: ${(error as Error).message}`, { cause: error, data: { id: oid } });
    }
  }

  async function readObjects(ids: readonly string[]): Promise<ReadonlyMap<string, GitObject>> {
    const objects = new Map<string, GitObject>();
    for (const id of new Set(ids)) {
      const object = await readOne(id);
      if (object !== null) objects.set(id, object);
    }
    return objects;
  }

  async function parentsOf(commit: string): Promise<readonly string[]> {
    if (cut.has(commit)) return [];
    const object = await readOne(commit);
    if (object === null) throw objectsMissing(place, `the commit ${commit}`, [commit]);
    return headerValues(object.bytes, "parent");
  }

  /** Follows tags to the commit that they name. */
  async function peel(id: string): Promise<string | null> {
    const object = await readOne(id);
    if (object?.type === "commit") return id;
    const [target] = object?.type === "tag" ? headerValues(object.bytes, "object") : [];
    return target === undefined ? null : peel(target);
  }

  async function commitById(text: string): Promise<string | null> {
    if (text.length === 40) return peel(text.toLowerCase());
    try {
      return await peel(await expandOid({ fs, gitdir, cache, oid: text.toLowerCase() }));
    } catch (error) {
      if ((error as { readonly code?: string }).code !== "AmbiguousError") return null;
      throw new GmigError("REVISION_AMBIGUOUS", `${JSON.stringify(text)} is the beginning of several commits' ids`, { cause: error, data: { ref: text } });
    }
  }

  async function resolve(text: string): Promise<string | null> {
    const parsed = parseRefText(text);
    if (parsed === null) return null;
    const { base, steps } = parsed;
    const isId = /^[0-9a-f]{4,40}$/i.test(base);
    const names = base.length === 40 && isId ? [] : refCandidates(base);
    const id = names.map((name) => followRefFile(place, name)?.id ?? null).find((one) => one !== null) ?? null;
    let commit = id === null ? (isId ? await commitById(base) : null) : await peel(id);
    for (const step of steps) {
      if (commit === null) return null;
      commit = (await parentsOf(commit))[step - 1] ?? null;
    }
    return commit;
  }

  async function branchesIn(folder: "refs/heads" | "refs/remotes"): Promise<readonly Branch[]> {
    const names = await listRefs({ fs, gitdir, filepath: folder });
    return names.flatMap((name): Branch[] => {
      const ref = `${folder}/${name}`;
      const value = readRefFile(place, ref);
      return value != null && "id" in value ? [{ name, ref, remote: folder === "refs/remotes", commit: value.id }] : [];
    });
  }

  return {
    kind: "isomorphic",
    resolve,
    readObjects,
    folderTrees: async (commits, folder) => findFolder(readObjects, commits, folder),
    listBranches: async () => [...(await branchesIn("refs/heads")), ...(await branchesIn("refs/remotes"))],
    async mergeBases(left, right) {
      const bases = await commonAncestors(left, right, parentsOf);
      if (bases.length === 0 && place.shallow) throw fetchAncestors(place, left, right);
      return bases;
    },
  };
}
