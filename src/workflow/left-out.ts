import { command, GmigError } from "../errors.js";
import type { Problem } from "../revision/problem.js";

/** What is known of a revision that stands in a file and not in the graph. */
export interface LeftOut {
  readonly revision: string;
  readonly parents: readonly string[];
  readonly dependsOn: readonly string[];
}

/** Returns the problem that names a revision, by its id or by a part of its file's name; undefined when none does. */
export function problemNaming(problems: readonly Problem[], name: string): Problem | undefined {
  return problems.find(({ revisions }) => revisions.includes(name)) ?? problems.find(({ file }) => name.length > 3 && file?.includes(name) === true);
}

/** The first problem met on the way from a revision down through what it stands on. */
function problemBeneath(start: LeftOut, others: readonly LeftOut[], problems: readonly Problem[]): Problem | undefined {
  const byId = new Map(others.map((each) => [each.revision, each]));
  const seen = new Set([start.revision]);
  for (const id of seen) {
    // Of a file whose header can't be read, its name is all that is known.
    const found = problems.find(({ revisions }) => revisions.includes(id)) ?? problems.find(({ file }) => file?.includes(`_${id}_`) === true);
    if (found !== undefined) return found;
    const { parents = [], dependsOn = [] } = byId.get(id) ?? {};
    for (const beneath of [...parents, ...dependsOn]) seen.add(beneath);
  }
  return undefined;
}

/**
 * Returns what keeps a revision out of the graph, as the error for whoever asks for it by its id or the beginning of one: what is wrong with the revision itself, or
 * with what it stands on. Null when no file is of that name.
 */
export function whyLeftOut(name: string, others: readonly LeftOut[], problems: readonly Problem[]): GmigError | null {
  const begun = others.filter(({ revision }) => revision.startsWith(name));
  const meant = others.find(({ revision }) => revision === name) ?? (begun.length === 1 ? begun[0] : undefined);
  const own = problemNaming(problems, meant?.revision ?? name);
  if (own !== undefined) return new GmigError(own.code, own.message, { hint: own.hint ?? command`gmig edit ${meant?.revision ?? name}`, data: { revisions: own.revisions, problems: [own] } });
  if (meant === undefined) return null;
  const beneath = problemBeneath(meant, others, problems);
  if (beneath === undefined) return null;
  return new GmigError(beneath.code, `Revision ${meant.revision} has a file, and what it stands on is broken: ${beneath.message}`, { hint: beneath.hint, data: { revisions: [meant.revision], problems: [beneath] } });
}
