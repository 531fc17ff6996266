import { Command, Option } from "clipanion";
import { GmigError } from "../../errors.js";
import { GmigCommand } from "../gmig-command.js";
import { printStamp } from "../output/print-stamp.js";

export class StampCommand extends GmigCommand {
  static override paths = [["stamp"]];
  static override usage = Command.Usage({
    description: "say what is applied, without running anything",
    details:
      "Each revision named and everything beneath it counts as applied; what stands above it does not; other lineages stay as they are. `--forget` takes single revisions out of the ledger, also ones that this checkout does not know.",
    examples: [
      ["The database was made by hand and is at the head", "gmig stamp head"],
      ["Nothing is applied", "gmig stamp base"],
      ["Begin anew", "gmig stamp --purge heads"],
      ["Forget a revision of a branch that is gone", "gmig stamp --forget 3f2a9c0d1e4b"],
    ],
  });

  targets = Option.Rest();
  purge = Option.Boolean("--purge", false, { description: "forget everything first" });
  forget = Option.Array("--forget", { description: "forget this revision, whatever stands on it" });
  sql = Option.Boolean("--sql", false, { description: "print a SQL script and connect to nothing; takes [FROM:]TO" });
  dryRun = Option.Boolean("--dry-run", false, { description: "say what would change" });

  async run(): Promise<void> {
    const { targets, purge, forget, dryRun } = this;
    if ((targets.length === 0) === (forget === undefined)) {
      throw new GmigError("USAGE", "stamp takes the revisions to stamp, or --forget with those to forget", { hint: "gmig stamp --help" });
    }
    const config = await this.config();
    if (this.sql) {
      const { stampScript } = await import("../../workflow/offline-sql.js");
      this.printScript(await stampScript(config, targets));
      return;
    }
    const { stamp } = await import("../../workflow/stamp.js");
    this.print(await stamp(config, targets, { purge, forget, dryRun, signal: this.context.signal, onProgress: this.onProgress }), printStamp);
  }
}
