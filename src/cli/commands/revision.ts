import { Command, Option } from "clipanion";
import { GmigError } from "../../errors.js";
import { GmigCommand } from "../gmig-command.js";
import { openEditor } from "../open-editor.js";
import { printRevision } from "../output/print-revision.js";

export class RevisionCommand extends GmigCommand {
  static override paths = [["revision"]];
  static override usage = Command.Usage({
    description: "write a new revision on the head",
    details: "The file does nothing until it is filled in. Its name serves listings only: the header in it is the truth.",
    examples: [
      ["On the head", 'gmig revision -m "add users"'],
      ["As SQL, opened in the editor", 'gmig revision -m "add users" --format sql --edit'],
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

  async run(): Promise<void> {
    const { revision } = await import("../../workflow/revision.js");
    const { message, parents, splice, labels, dependsOn, format, dryRun } = this;
    if (format !== undefined && format !== "sql") throw new GmigError("USAGE", `--format takes sql, not ${format}`, { hint: "gmig revision --help" });
    const now = this.context.now();
    const result = await revision(await this.config(), { message, parents, splice, labels, dependsOn, format, dryRun, now });
    this.print(result, printRevision);
    if (this.edit && !dryRun) await openEditor(this.context, result.path);
  }
}
