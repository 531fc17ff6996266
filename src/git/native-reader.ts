import { GmigError } from "../errors.js";
import { catFile } from "./cat-file.js";
import { fetchAncestors } from "./fetch-hints.js";
import { findFolder } from "./find-folder.js";
import { gitFailed } from "./git-failed.js";
import type { GitObject } from "./git-object.js";
import type { Place } from "./place.js";
import { fetchObjects, presentObjects } from "./partial-clone.js";
import type { Branch, FolderTree, Reader } from "./reader.js";
import { askGit, type Git, runGit, startGit } from "./run-git.js";

/** How objects and references are read with git itself: in bulk, a process or two for any number of them. */
export function nativeReader(place: Place, git: Git): Reader {
  async function readObjects(ids: readonly string[], { fetch = false }: { readonly fetch?: boolean } = {}): Promise<ReadonlyMap<string, GitObject>> {
    if (fetch) await fetchObjects(place, git, ids);
    const here = place.partial ? await presentObjects(git, ids) : ids;
    const objects = new Map<string, GitObject>();
    for await (const { name, object } of catFile(git, here, { purpose: "read objects", contents: true })) objects.set(name, object);
    return objects;
  }

  /** One look-up of `commit:folder` each, and the long way only for those that it does not find. */
  async function folderTrees(commits: readonly string[], folder: string): Promise<readonly FolderTree[]> {
    if (place.partial || folder.includes("\n")) return findFolder(readObjects, commits, folder);
    const found = new Map<string, string>();
    const names = [...new Set(commits)].map((commit) => `${commit}:${folder}`);
    for await (const { name, id, object } of catFile(git, names, { purpose: "read folders", contents: false })) {
      if (object.type === "tree") found.set(name, id);
    }
    const rest = [...new Set(commits)].filter((commit) => !found.has(`${commit}:${folder}`));
    const others = new Map((await findFolder(readObjects, rest, folder)).map((tree, index) => [rest[index], tree]));
    return commits.map((commit) => others.get(commit) ?? { tree: found.get(`${commit}:${folder}`) ?? null });
  }

  return { kind: "native", resolve: async (text) => resolve(git, text), readObjects, folderTrees, listBranches: async () => listBranches(git), mergeBases: async (left, right) => mergeBases(place, git, left, right) };
}

/** `cat-file` ends, rather than saying "missing", where a text needs what is not there: an upstream, a branch, so long a log. */
const NAMES_NOTHING = /^fatal: (no upstream|no such branch|HEAD does not point|log for|.*only has \d+ entries)/m;

async function resolve(git: Git, text: string): Promise<string | null> {
  if (text === "" || /[\n\0]/.test(text)) return null;
  const purpose = `find ${JSON.stringify(text)}`;
  const child = startGit(git, ["cat-file", "--batch-check"], { purpose, input: `${text}^{commit}\n` });
  let reply = "";
  for await (const chunk of child.stdout) reply += chunk.toString("utf8");
  const end = await child.end;
  const id = /^([0-9a-f]{40,64}) commit \d+\n$/.exec(reply)?.[1];
  if (id !== undefined) return id;
  if (reply.endsWith(" ambiguous\n")) throw new GmigError("REVISION_AMBIGUOUS", `${JSON.stringify(text)} is the beginning of several commits' ids`, { data: { ref: text } });
  if (end.status !== 0 && !NAMES_NOTHING.test(end.stderr)) throw gitFailed(purpose, end, git.cwd);
  return null;
}

const REFERENCE = /^([0-9a-f]{40,64}) (\S*) (refs\/(heads|remotes)\/(.+))$/;

async function listBranches(git: Git): Promise<readonly Branch[]> {
  const text = await askGit(git, ["for-each-ref", "--format=%(objectname) %(symref) %(refname)", "refs/heads", "refs/remotes"], { purpose: "list the branches" });
  return text.split("\n").flatMap((line): Branch[] => {
    const [, commit = "", symbolic, ref = "", kind, name = ""] = REFERENCE.exec(line) ?? [];
    return ref === "" || symbolic !== "" ? [] : [{ name, ref, remote: kind === "remotes", commit }];
  });
}

async function mergeBases(place: Place, git: Git, left: string, right: string): Promise<readonly string[]> {
  const purpose = `find where ${left.slice(0, 12)} and ${right.slice(0, 12)} part`;
  const { stdout } = await runGit(git, ["merge-base", "--all", left, right], { purpose, answers: [1] });
  const bases = stdout.toString("latin1").split("\n").filter((id) => id !== "");
  if (bases.length === 0 && place.shallow) throw fetchAncestors(place, left, right);
  return bases;
}
