import { Command, Option } from "clipanion";
import { GmigCommand } from "../gmig-command.js";
import { printRebase } from "../output/print-rebase.js";

export class RebaseCommand extends GmigCommand {
  static override paths = [["rebase"]];
  static override usage = Command.Usage({
    description: "put this branch's revisions on another head, in one line",
    details:
      "Without REV it moves the revisions that the branch which this one comes from lacks; they follow each other on the new parent, and merge revisions among them are removed. Only headers are rewritten: ids stay, and a database that has the revisions counts them as reparented.",
    examples: [
      ["After git rebase, a straight line on main's head", "gmig rebase --onto git/origin/main"],
      ["A revision that was cherry-picked without its parent", "gmig rebase 3f2a --onto head"],
    ],
  });

  revision = Option.String({ required: false });
  onto = Option.String("--onto", { description: "the revision to move onto", required: true });
  dryRun = Option.Boolean("--dry-run", false, { description: "say what would be rewritten" });

  async run(): Promise<void> {
    const { rebase } = await import("../../workflow/rebase.js");
    const { revision, onto, dryRun } = this;
    this.print(await rebase(await this.config(), { revision, onto, dryRun }), printRebase);
  }
}
