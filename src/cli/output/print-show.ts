import type { ShowResult, ShownRevision } from "../../workflow/show.js";
import type { Style } from "../style.js";
import { problemLines } from "./print-problems.js";

function rows(revision: ShownRevision, style: Style): readonly (readonly [string, string])[] {
  const { parents, children, dependsOn, dependents, labels, branches } = revision;
  const others = branches.filter((label) => !labels.includes(label));
  return [
    ["message", style.message(revision.message)],
    ["file", style.line(revision.file)],
    ["created", revision.created],
    ["parents", parents.length === 0 ? "none: a base" : parents.join(", ")],
    ["children", children.length === 0 ? "none: a head" : children.join(", ")],
    ["depends on", dependsOn.join(", ")],
    ["needed by", dependents.join(", ")],
    ["labels", labels.join(", ")],
    ["on branch", others.join(", ")],
    ["transaction", revision.transaction ? "" : "none"],
  ];
}

/** Returns what is known of each revision, then its text. */
export function printShow({ revisions, problems }: ShowResult, style: Style): string {
  const shown = revisions.map((revision) => {
    const facts = rows(revision, style).filter(([, value]) => value !== "");
    return [`revision    ${style.id(revision.revision)}`, ...facts.map(([name, value]) => `${name.padEnd(12)}${value}`), "", revision.text.trimEnd()].join("\n");
  });
  return [...(shown.length === 0 ? ["That names no revision: the graph is empty there."] : shown), ...problemLines(problems, style)].join("\n\n");
}
