import type { RebaseResult } from "../../workflow/rebase.js";
import type { Style } from "../style.js";

/** Returns which revisions got other parents, and which were removed. */
export function printRebase({ reparent, remove, executed }: RebaseResult, style: Style): string {
  if (reparent.length === 0 && remove.length === 0) return "Nothing to do: they stand in one line already.";
  const names = (ids: readonly string[]): string => (ids.length === 0 ? "base" : ids.map((id) => style.id(id)).join(" and "));
  const lines = [
    ...reparent.map(({ revision, before, parents }) => `  ${style.id(revision)}: on ${names(parents)}, before on ${names(before)}`),
    ...remove.map((id) => `  ${style.id(id)}: a merge revision, ${executed ? "removed" : "to be removed"}`),
  ];
  return [executed ? "Rewrote the headers of:" : "Would rewrite the headers of:", ...lines, ...(executed ? [`Next: ${style.bold("gmig status")}`] : [])].join("\n");
}
