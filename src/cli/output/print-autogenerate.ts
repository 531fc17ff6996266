import type { AutogenerateResult } from "../../workflow/autogenerate.js";
import type { Style } from "../style.js";
import { countLeftOpen, otherSuggestions } from "./print-left-open.js";
import { propertyLines, withProperty } from "./property-lines.js";

function list(title: string, lines: readonly string[]): readonly string[] {
  return lines.length === 0 ? [] : [title, ...lines.map((line) => `  ${line}`)];
}

/** Returns what was compared, written and kept, and what to look at before running it. */
export function printAutogenerate(result: AutogenerateResult, verbose: boolean, style: Style): string {
  const { operations, kept, possibleRenames, hazards, properties, rewrittenAway, file, text, executed } = result;
  const suggestions = otherSuggestions(result);
  const open = verbose ? [...list("Kept, though no model mentions it:", kept), ...list("Could be done:", suggestions)] : [];
  const more = verbose ? [] : countLeftOpen(kept, suggestions, style);
  if (file === null) return [rewrittenAway ? "Nothing to write: the configuration's rewrite left none of the changes." : "Nothing to write: the database is as the models want it.", ...open, ...more].join("\n");
  return [
    ...list("Changes:", operations.map((operation) => withProperty(operation, properties, style))),
    ...propertyLines(properties, style),
    ...list(style.warn("Perhaps renamed:"), possibleRenames),
    ...open,
    ...more,
    ...(hazards.length > 0 ? [style.warn("Look at:"), ...[...new Set(hazards)].map((line) => `  ${style.warn(line)}`)] : []),
    executed ? `Wrote ${style.bold(style.line(file))}.` : `Would write ${style.bold(style.line(file))}:\n\n${text ?? ""}`,
    ...(executed ? [`Next: look through it, then ${style.bold("gmig upgrade")}`] : []),
  ].join("\n");
}
