import { GmigError } from "../errors.js";
import { mergeCommand } from "../git/fetch-hints.js";
import { resolveCommit } from "../git/resolve-commit.js";
import { readGraph } from "../graph/build-graph.js";
import { heads } from "../graph/heads.js";
import { type NameContext, resolve } from "../graph/resolve.js";
import { requireCheckout } from "./checkout.js";
import { committedRevisions, requireReadable } from "./committed-revisions.js";
import type { Project } from "./project.js";

const REF = "git/";

/** The Git refs that names and ranges speak of: what follows `git/`, up to a colon. */
function refsIn(names: readonly string[]): readonly string[] {
  return names.flatMap((name) => name.split(":")).filter((name) => name.startsWith(REF) && name.length > REF.length).map((name) => name.slice(REF.length));
}

async function headsAt(project: Project, ref: string): Promise<readonly string[]> {
  const { config } = project;
  const checkout = requireCheckout(config);
  const commit = await resolveCommit(checkout.repository, ref);
  const { revisions, problems } = await committedRevisions(checkout, commit, ref, { cache: config.cache, recursive: config.recursive });
  requireReadable(problems);
  const { versioned } = heads(readGraph(revisions).graph);
  const missing = versioned.filter((id) => !project.graph.nodes.has(id));
  if (missing.length > 0) {
    throw new GmigError("REVISION_NOT_FOUND", `Revision ${missing.join(", ")}, the head at commit ${commit.slice(0, 12)} (${ref}), is not in this checkout`, {
      hint: mergeCommand(ref),
      data: { name: `${REF}${ref}`, commit, revisions: missing },
    });
  }
  return versioned;
}

/**
 * Reads what `git/REF` stands for in names and ranges, before they are resolved: the head of the revisions folder at that commit.
 *
 * @throws GmigError NOT_A_REPOSITORY, REVISION_NOT_FOUND, GIT_FAILED, REVISION_MALFORMED and its like for a file there.
 */
export async function nameContext(project: Project, names: readonly (string | undefined)[]): Promise<Pick<NameContext, "refHeads">> {
  const refs = refsIn(names.filter((name) => name !== undefined));
  if (refs.length === 0) return {};
  const found = new Map<string, readonly string[]>();
  for (const ref of refs) found.set(ref, await headsAt(project, ref));
  return { refHeads: (ref) => found.get(ref) ?? [] };
}

/**
 * Resolves the name of exactly one revision.
 *
 * @throws GmigError of naming (exit 3).
 */
export async function resolveOneName(project: Project, name: string): Promise<string> {
  const { ids } = resolve(project.graph, name, await nameContext(project, [name]));
  const [id, other] = ids;
  if (id === undefined) throw new GmigError("REVISION_NOT_FOUND", `${name} names no revision`, { hint: "gmig heads", data: { name } });
  if (other !== undefined) throw new GmigError("MULTIPLE_HEADS", `${name} names several revisions: ${ids.join(" and ")}`, { hint: "gmig merge heads", data: { heads: ids } });
  return id;
}
