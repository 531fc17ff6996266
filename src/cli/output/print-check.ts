import type { CheckResult, Finding } from "../../workflow/check.js";
import type { Differences } from "../../workflow/differences.js";
import type { Style } from "../style.js";
import { countLeftOpen, otherSuggestions } from "./print-left-open.js";
import { propertyLines, withProperty } from "./property-lines.js";

function findingLines(findings: readonly Finding[], properties: Differences["properties"], style: Style): readonly string[] {
  return findings.map(({ code, message }) => `${style.bad("found")} ${style.dim(code)} ${withProperty(message, code === "MODEL_DIFFERENCE" ? properties : [], style)}`);
}

/** Returns what a check found, with the commands that mend it; with `verbose` also what models leave open. */
export function printCheck({ ok, findings, models }: CheckResult, verbose: boolean, style: Style): string {
  const hints = [...new Set(findings.flatMap(({ hint }) => hint ?? []))];
  const suggestions = models === undefined ? [] : otherSuggestions(models);
  const renames = (models?.possibleRenames ?? []).map((text) => `${style.warn("perhaps renamed:")} ${style.line(text)}`);
  const open = models === undefined || !verbose ? [] : [...models.kept.map((kept) => style.dim(`kept: ${kept}`)), ...suggestions.map((text) => style.dim(`suggestion: ${text}`))];
  const more = models === undefined || verbose ? [] : countLeftOpen(models.kept, suggestions, style);
  const properties = models?.properties ?? [];
  const ends = ok ? [style.good("All is well.")] : hints.map((hint) => `${style.dim("hint:")} ${style.bold(hint)}`);
  return [...findingLines(findings, properties, style), ...propertyLines(properties, style), ...renames, ...open, ...more, ...ends].join("\n");
}
