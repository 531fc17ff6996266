import type { CheckResult, Finding } from "../../workflow/check.js";
import type { Differences } from "../../workflow/differences.js";
import type { Style } from "../style.js";
import { propertyLines, withProperty } from "./property-lines.js";

function findingLines(findings: readonly Finding[], properties: Differences["properties"], style: Style): readonly string[] {
  return findings.map(({ code, message }) => `${style.bad("found")} ${style.dim(code)} ${withProperty(message, code === "MODEL_DIFFERENCE" ? properties : [], style)}`);
}

/** Returns what a check found, with the commands that mend it; with `verbose` also what models leave open. */
export function printCheck({ ok, findings, models }: CheckResult, verbose: boolean, style: Style): string {
  const hints = [...new Set(findings.flatMap(({ hint }) => hint ?? []))];
  const open = models === undefined || !verbose ? [] : [...models.kept.map((kept) => style.dim(`kept: ${kept}`)), ...models.suggestions.map((text) => style.dim(`suggestion: ${text}`))];
  const more = models === undefined || verbose || models.kept.length + models.suggestions.length === 0 ? [] : [style.dim(`${models.kept.length} kept though no model mentions them, ${models.suggestions.length} suggestions: -v lists them`)];
  return [...findingLines(findings, models?.properties ?? [], style), ...propertyLines(models?.properties ?? [], style), ...open, ...more, ...(ok ? [style.good("All is well.")] : hints.map((hint) => `${style.dim("hint:")} ${style.bold(hint)}`))].join("\n");
}
