import { Command, Option } from "clipanion";
import type { Config } from "../../config/config.js";
import { GmigError } from "../../errors.js";
import type { RevisionOptions } from "../../workflow/revision.js";
import { askQuestions } from "../ask-questions.js";
import { GmigCommand } from "../gmig-command.js";
import { openEditor } from "../open-editor.js";
import { printAutogenerate } from "../output/print-autogenerate.js";
import { printRevision } from "../output/print-revision.js";
import { readAnswers } from "../read-answers.js";

export class RevisionCommand extends GmigCommand {
  static override paths = [["revision"]];
  static override usage = Command.Usage({
    description: "write a new revision on the head",
    details: "The file does nothing until it is filled in. Its name serves listings only: the header in it is the truth.",
    examples: [
      ["On the head", 'gmig revision -m "add users"'],
      ["As SQL, opened in the editor", 'gmig revision -m "add users" --format sql --edit'],
      ["What the Objection models want", 'gmig revision --autogenerate -m "add users"'],
      ["The same, where a column was renamed", 'gmig revision --autogenerate -m "names" --rename users.name:full_name'],
      ["A new lineage with a label", 'gmig revision -m "reports" --parent base --label reports'],
      ["On a revision that is no head", 'gmig revision -m "hotfix" --parent 3f2a --splice'],
    ],
  });

  message = Option.String("-m,--message", { description: "what the revision does", required: true });
  parents = Option.Array("--parent", { description: "the revision that it follows, in place of the head; base for none" });
  splice = Option.Boolean("--splice", false, { description: "allow a parent that is no head" });
  labels = Option.Array("--label", { description: "a name for the branch that begins here" });
  dependsOn = Option.Array("--depends-on", { description: "a revision or label that must be applied first" });
  format = Option.String("--format", { description: "sql for a SQL revision" });
  edit = Option.Boolean("--edit", false, { description: "open it in $VISUAL or $EDITOR" });
  dryRun = Option.Boolean("--dry-run", false, { description: "print the file and write nothing" });

  autogenerate = Option.Boolean("--autogenerate", false, { description: "write what takes the database to the Objection models" });
  offline = Option.Boolean("--offline", false, { description: "autogenerate: compare with what the revisions make on a scratch database" });
  renames = Option.Array("--rename", [], { description: "autogenerate: a column or table that has another name now" });
  news = Option.Array("--new", [], { description: "autogenerate: a column or table that is new, and no other renamed" });
  values = Option.Array("--value", [], { description: "autogenerate: what rows get in a new NOT NULL column" });
  dropUndeclared = Option.Boolean("--drop-undeclared", false, { description: "autogenerate: also drop what no model mentions" });
  foreignKeys = Option.Boolean("--foreign-keys", { description: "autogenerate: foreign keys from relations, on tables that are there too" });
  concurrently = Option.Boolean("--concurrently", false, { description: "autogenerate: indexes without locking out writers, outside a transaction" });

  async run(): Promise<void> {
    const { message, parents, splice, labels, dependsOn, format, dryRun } = this;
    if (format !== undefined && format !== "sql") throw new GmigError("USAGE", `--format takes sql, not ${format}`, { hint: "gmig revision --help" });
    const settings: RevisionOptions = { message, parents, splice, labels, dependsOn, format, dryRun, now: this.context.now() };
    const config = await this.config();
    const path = this.autogenerate ? await this.generate(config, settings) : await this.write(config, settings);
    if (this.edit && !dryRun && path !== null) await openEditor(this.context, path);
  }

  private async write(config: Config, settings: RevisionOptions): Promise<string> {
    const { revision } = await import("../../workflow/revision.js");
    const result = await revision(config, settings);
    this.print(result, printRevision);
    return result.path;
  }

  private async generate(config: Config, settings: RevisionOptions): Promise<string | null> {
    const { autogenerate } = await import("../../workflow/autogenerate.js");
    const { offline, dropUndeclared, foreignKeys, concurrently } = this;
    const canAsk = this.context.interactive && !this.json;
    const result = await autogenerate(config, {
      ...settings,
      offline,
      dropUndeclared,
      foreignKeys,
      concurrently,
      answers: readAnswers(this),
      ask: canAsk ? askQuestions : undefined,
      signal: this.context.signal,
      onProgress: this.onProgress,
    });
    this.print(result, (shown, style) => printAutogenerate(shown, this.verbose, style));
    return result.path;
  }
}
