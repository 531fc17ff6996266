import type { Definition } from "clipanion";
import type { Style } from "../style.js";

/** What stands for an option's value. */
const VALUES: Readonly<Record<string, string>> = {
  "--config": "FILE",
  "--database": "URL",
  "--environment": "NAME",
  "--name": "NAME",
  "--env-file": "FILE",
  "--message": "TEXT",
  "--parent": "REV",
  "--label": "NAME",
  "--depends-on": "REV",
  "--format": "FORMAT",
  "--base": "REF",
  "--onto": "REV",
  "--rename": "OLD:NEW",
  "--new": "NAME",
  "--value": "COLUMN=SQL",
  "--transaction": "each|all",
  "--mode": "report|auto|off",
  "--merge": "write|fold|warn|off",
  "--push": "check|off",
  "--way": "WAY",
  "--range": "FROM:TO",
  "--forget": "REV",
  "-n": "NUMBER",
};

/** What every command has. */
const COMMON: ReadonlySet<string> = new Set(["--json", "--quiet", "--verbose", "--color", "--config", "--database", "--environment", "--name", "--env-file"]);

const WIDTH = 96;

/** The names of an option, of which the definition is written as `-q,--quiet` or `--config #0`. */
function optionNames({ definition }: Definition["options"][number]): readonly string[] {
  return (definition.split(" ")[0] ?? "").split(",");
}

function optionText(option: Definition["options"][number]): string {
  const names = optionNames(option);
  const value = option.definition.includes(" #0") ? ` ${VALUES[names.at(-1) ?? ""] ?? "VALUE"}` : "";
  return `${names.join(", ")}${value}`;
}

/** Breaks a paragraph into lines. */
function wrap(text: string): string {
  const lines: string[] = [];
  let line = "";
  for (const word of text.split(" ")) {
    if (line.length + word.length > WIDTH && line !== "") {
      lines.push(line.trimEnd());
      line = "";
    }
    line += `${word} `;
  }
  return [...lines, line.trimEnd()].join("\n");
}

/** Returns the help of one command: what it does, its own options, those that all have, and examples to paste. */
export function commandHelp(usage: string, definition: Definition, style: Style): string {
  const rows = definition.options.map((option) => ({ name: optionText(option), text: option.description ?? "", isCommon: optionNames(option).some((name) => COMMON.has(name)) }));
  const width = Math.max(...rows.map(({ name }) => name.length)) + 2;
  const list = (isCommon: boolean): readonly string[] => rows.filter((row) => row.isCommon === isCommon).map(({ name, text }) => `  ${name.padEnd(width)}${text}`);
  const own = list(false);
  const examples = (definition.examples ?? []).flatMap(([title, command]) => [`  ${style.dim(`# ${title.trim()}`)}`, `  ${command.trim()}`]);
  return [
    `${style.bold("Usage:")} ${usage}`,
    "",
    wrap((definition.details ?? definition.description ?? "").replace(/\s+/g, " ").trim()),
    ...(own.length > 0 ? ["", style.bold("Options"), ...own] : []),
    "",
    style.bold("Options of every command"),
    ...list(true),
    ...(examples.length > 0 ? ["", style.bold("Examples"), ...examples] : []),
    "",
  ].join("\n");
}
