import { readFileSync } from "node:fs";
import { resolve } from "node:path";
import { parseEnv } from "node:util";
import { Cli, type CommandClass } from "clipanion";
import { GmigError } from "../errors.js";
import { VERSION } from "../version.js";
import { type CommandEntry, COMMANDS } from "./command-table.js";
import type { CliContext } from "./context.js";
import { GmigCommand } from "./gmig-command.js";
import { commandHelp } from "./output/print-command-help.js";
import { toGmigError } from "./output/print-error.js";
import { usageText } from "./output/print-usage.js";
import { reportError } from "./report-error.js";
import { styleFor } from "./style.js";

/** Stands before `-1` and its like while the options are parsed: they are names of revisions, not options. */
const MARK = "\u0001";

function markRelative(argument: string): string {
  return /^-\d/.test(argument) ? MARK + argument : argument;
}

function unmark(value: unknown): unknown {
  if (typeof value === "string" && value.startsWith(MARK)) return value.slice(MARK.length);
  return Array.isArray(value) ? value.map(unmark) : value;
}

/** The command that the first words name. */
function entryOf(args: readonly string[]): CommandEntry | undefined {
  const words = args.slice(0, 2).join(" ");
  return COMMANDS.find(({ path }) => words === path || words.startsWith(`${path} `));
}

/** Loads the one command that is meant, so that the others cost nothing; all of them when none is. */
async function commandsFor(args: readonly string[]): Promise<readonly CommandClass<CliContext>[]> {
  const meant = entryOf(args);
  return Promise.all((meant === undefined ? COMMANDS : [meant]).map(async ({ load }) => load()));
}

function nearestCommand(name: string): string | undefined {
  return COMMANDS.find(({ path }) => path.startsWith(name.slice(0, 3)))?.path;
}

function parseError(error: unknown, args: readonly string[]): GmigError {
  const [name = ""] = args;
  const text = error instanceof Error ? error.message : String(error);
  const entry = entryOf(args);
  if (entry === undefined) {
    const near = nearestCommand(name);
    return new GmigError("USAGE", `There is no command ${name}`, { hint: near === undefined ? "gmig" : `gmig ${near}`, data: { command: name } });
  }
  const [first = ""] = text.replaceAll(MARK, "").split("\n\n");
  const hasWords = args.slice(entry.path.split(" ").length).some((word) => !word.startsWith("-"));
  const what = first.startsWith("Command not found") ? (hasWords ? "Those arguments do not fit" : "Something is missing") : first.replace(/^Unknown Syntax Error: /, "").replace(/\.$/, "");
  return new GmigError("USAGE", `${what}; it goes: gmig ${entry.path} ${entry.arguments}`.trimEnd(), { hint: `gmig ${name} --help` });
}

/** Reads `--env-file` into the environment before anything of the project runs; what is set already wins, as with Node's own flag. */
function readEnvFile(command: GmigCommand, context: CliContext): void {
  const { envFile } = command;
  if (envFile === undefined) return;
  let text: string;
  try {
    text = readFileSync(resolve(context.cwd, envFile), "utf8");
  } catch (cause) {
    throw new GmigError("USAGE", `The file ${envFile} of --env-file cannot be read`, { cause, data: { file: envFile } });
  }
  for (const [name, value] of Object.entries(parseEnv(text))) context.env[name] ??= value;
}

async function runCommand(args: readonly string[], context: CliContext): Promise<number> {
  const cli = Cli.from<CliContext>([...(await commandsFor(args))], { binaryName: "gmig" });
  const entry = entryOf(args);
  if (entry !== undefined && (args.includes("--help") || args.includes("-h"))) {
    const [definition] = cli.definitions();
    const usage = `gmig ${entry.path} ${entry.arguments}`.trim();
    if (definition !== undefined) context.stdout.write(commandHelp(`${usage} [OPTIONS]`, definition, styleFor(context.colours.stdout)));
    return 0;
  }
  let command: ReturnType<typeof cli.process>;
  try {
    command = cli.process(args.map(markRelative), context);
  } catch (error) {
    throw parseError(error, args);
  }
  for (const [key, value] of Object.entries(command)) Object.assign(command, { [key]: unmark(value) });
  command.context = context;
  if (command instanceof GmigCommand) readEnvFile(command, context);
  return command.execute().then((status) => status ?? 0);
}

/** Runs one command line and returns the exit status; whatever is thrown is printed here. */
export async function runCli(args: readonly string[], context: CliContext): Promise<number> {
  const [first] = args;
  if (first === undefined || first === "--help" || first === "-h" || first === "help") {
    context.stdout.write(usageText());
    return 0;
  }
  if (first === "--version" || first === "-V") {
    context.stdout.write(args.includes("--json") ? `${JSON.stringify({ version: VERSION }, null, 2)}\n` : `${VERSION}\n`);
    return 0;
  }
  try {
    return await runCommand(args, context);
  } catch (thrown) {
    return reportError(toGmigError(thrown), args, context);
  }
}
