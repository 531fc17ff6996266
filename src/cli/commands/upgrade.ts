import { Command, Option } from "clipanion";
import { GmigCommand } from "../gmig-command.js";
import { printPlan } from "../output/print-plan.js";
import { readTransaction } from "../read-transaction.js";

export class UpgradeCommand extends GmigCommand {
  static override paths = [["upgrade"]];
  static override usage = Command.Usage({
    description: "apply what is pending",
    details:
      "Applies the target and everything beneath it that is not applied yet, each revision in a transaction of its own. With `--sql` it prints a script for psql instead and connects to nothing; TARGET is then `[FROM:]TO`.",
    examples: [
      ["To the head", "gmig upgrade"],
      ["To all heads, where there are several", "gmig upgrade heads"],
      ["One revision further", "gmig upgrade +1"],
      ["Look first", "gmig upgrade --dry-run"],
      ["A script for somebody else to run", "gmig upgrade --sql 3f2a:head > up.sql"],
    ],
  });

  target = Option.String({ required: false });
  sql = Option.Boolean("--sql", false, { description: "print a SQL script and connect to nothing" });
  dryRun = Option.Boolean("--dry-run", false, { description: "print the plan and run nothing" });
  transaction = Option.String("--transaction", { description: "each (default): a transaction for each revision; all: one for everything" });
  outOfOrder = Option.Boolean("--out-of-order", false, { description: "also apply what lies beneath applied revisions" });

  async run(): Promise<void> {
    const config = await this.config();
    const { target, dryRun, outOfOrder } = this;
    const transaction = readTransaction(this.transaction);
    if (this.sql) {
      const { upgradeSql } = await import("../../workflow/offline-sql.js");
      this.printScript(await upgradeSql(config, target ?? "head", { transaction }));
      return;
    }
    const { upgrade } = await import("../../workflow/upgrade.js");
    const { signal } = this.context;
    this.print(await upgrade(config, target ?? "head", { dryRun, transaction, outOfOrder, signal, onProgress: this.onProgress }), printPlan);
  }
}
