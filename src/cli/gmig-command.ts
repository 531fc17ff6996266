import { Command, Option } from "clipanion";
import type { Config, ConfigFlags } from "../config/config.js";
import { GmigError } from "../errors.js";
import type { OnProgress } from "../runner/progress.js";
import type { CliContext } from "./context.js";
import { printProgress } from "./output/print-progress.js";
import { visible } from "./output/visible.js";
import { type Style, styleFor } from "./style.js";

/** What every command has: where the configuration and the database are, and how to print. A command parses, calls one workflow function, prints. */
export abstract class GmigCommand extends Command<CliContext> {
  json = Option.Boolean("--json", false, { description: "print one JSON object on stdout, errors too" });
  quiet = Option.Boolean("-q,--quiet", false, { description: "print errors only" });
  verbose = Option.Boolean("-v,--verbose", false, { description: "print more" });
  color = Option.Boolean("--color", { description: "colours, or none with --no-color" });
  configFile = Option.String("--config", { description: "the configuration file" });
  databaseUrl = Option.String("--database", { description: "the database's URL, in place of the configuration's" });
  environment = Option.String("--environment", { description: "development, test or production: marks a new ledger" });
  databaseName = Option.String("--name", { description: "which of several configured databases" });
  envFile = Option.String("--env-file", { description: "a file with environment variables" });

  /** Does the work and prints the result; returns the exit status when it is not 0. */
  abstract run(): Promise<number | void>;

  async execute(): Promise<number> {
    return (await this.run()) ?? 0;
  }

  /** Loads the configuration that the flags and the working directory name. */
  protected async config(): Promise<Config> {
    const { loadConfig } = await import("../config/load-config.js");
    return loadConfig(this.context, this.configFlags);
  }

  /** The same for each of its databases. */
  protected async configs(): Promise<readonly Config[]> {
    const { loadConfigs } = await import("../config/load-config.js");
    return loadConfigs(this.context, this.configFlags);
  }

  private get configFlags(): ConfigFlags {
    return { config: this.configFile, database: this.databaseUrl, environment: this.environment, name: this.databaseName };
  }

  /** Prints a result: as JSON, or as the text that `format` makes of it; nothing under `--quiet`. */
  protected print<Result extends object>(result: Result, format: (result: Result, style: Style) => string): void {
    if (this.json) {
      this.context.stdout.write(`${JSON.stringify(result, null, 2)}\n`);
      return;
    }
    if (this.quiet) return;
    const text = visible(format(result, this.style), this.isStyled);
    if (text !== "") this.context.stdout.write(text.endsWith("\n") ? text : `${text}\n`);
  }

  /** Prints a script as it is, for another program to read; with `--json` the whole result. */
  protected printScript(result: { readonly sql: string }): void {
    if (this.json) this.print(result, () => "");
    else if (!this.quiet) this.context.stdout.write(result.sql.endsWith("\n") ? result.sql : `${result.sql}\n`);
  }

  /** Prints a remark on stderr; nothing under `--quiet`. */
  protected remark(text: string): void {
    if (!this.quiet && !this.json) this.context.stderr.write(`${visible(text)}\n`);
  }

  private get isStyled(): boolean {
    return this.color ?? this.context.colours.stdout;
  }

  protected get style(): Style {
    return styleFor(this.isStyled);
  }

  /** Tells on stderr how a plan goes on. */
  protected get onProgress(): OnProgress {
    if (this.quiet) return () => undefined;
    const isStyled = this.color ?? this.context.colours.stderr;
    return (progress) => {
      const line = visible(printProgress(progress, styleFor(isStyled)), isStyled);
      if (line !== "") this.context.stderr.write(`${line}\n`);
    };
  }

  /**
   * Asks a yes-or-no question at the terminal.
   *
   * Returns null where nobody can answer.
   */
  protected async ask(question: string): Promise<boolean | null> {
    if (!this.context.interactive || this.json) return null;
    const { confirm, isCancel } = await import("@clack/prompts");
    const answer = await confirm({ message: question, initialValue: false });
    if (isCancel(answer)) throw new GmigError("INTERRUPTED", "Interrupted; nothing was done");
    return answer;
  }
}
