import { Command, Option } from "clipanion";
import { GmigError } from "../../errors.js";
import { GmigCommand } from "../gmig-command.js";
import { printMerge } from "../output/print-merge.js";

export class MergeCommand extends GmigCommand {
  static override paths = [["merge"]];
  static override usage = Command.Usage({
    description: "join heads by a merge revision, once both orders give one schema",
    details:
      "Brings up what the heads have in common on a scratch database, then their sides in both orders, and compares the two schemas. Where they differ it refuses, and names the objects and the revisions that touch them. The merge revision follows from its parents alone: two people who merge the same heads write the same file.",
    examples: [
      ["Join all heads", "gmig merge heads"],
      ["Join two of them", "gmig merge 3f2a 9c0d"],
      ["Only look whether they commute", "gmig merge heads --check"],
    ],
  });

  revisions = Option.Rest();
  check = Option.Boolean("--check", { description: "with it: write nothing, exit 1 on a conflict; --no-check: write without trying" });
  writeAnyway = Option.Boolean("--write-anyway", false, { description: "write the merge revision also when the sides conflict" });
  dryRun = Option.Boolean("--dry-run", false, { description: "say what would be written" });

  async run(): Promise<number> {
    if (this.revisions.length === 0 && this.check !== true) throw new GmigError("USAGE", "merge takes heads, or the revisions to join", { hint: "gmig merge heads" });
    const { merge } = await import("../../workflow/merge.js");
    const result = await merge(await this.config(), this.revisions, {
      checkOnly: this.check === true,
      noCheck: this.check === false,
      writeAnyway: this.writeAnyway,
      dryRun: this.dryRun,
      signal: this.context.signal,
      onProgress: this.onProgress,
    });
    this.print(result, printMerge);
    return this.check === true && result.verdict === "conflicts" ? 1 : 0;
  }
}
