import type { Differences } from "../../workflow/differences.js";
import type { Style } from "../style.js";

/** What models leave open, without the possible renames: these are named where the new column is. */
export function otherSuggestions({ suggestions, possibleRenames }: Pick<Differences, "suggestions" | "possibleRenames">): readonly string[] {
  return suggestions.filter((message) => !possibleRenames.includes(message));
}

/** Returns the line that counts what only `-v` lists; none where there is nothing. */
export function countLeftOpen(kept: readonly string[], suggestions: readonly string[], style: Style): readonly string[] {
  if (kept.length + suggestions.length === 0) return [];
  return [style.dim(`${kept.length} kept though no model mentions them, ${suggestions.length} suggestions: -v lists them`)];
}
