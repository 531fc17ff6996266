import { Command, Option } from "clipanion";
import { GmigCommand } from "../gmig-command.js";
import { planLines, printPlan } from "../output/print-plan.js";
import { readTransaction } from "../read-transaction.js";

export class DowngradeCommand extends GmigCommand {
  static override paths = [["downgrade"]];
  static override usage = Command.Usage({
    description: "revert what stands on the target",
    details:
      "Reverts every applied revision that stands on the target or depends on one that does; the target itself stays. It asks before it goes beyond the lineage that you named. On a database that is not marked as development or test, tables and columns that hold rows go only with `--allow-data-loss`.",
    examples: [
      ["One revision back", "gmig downgrade -1"],
      ["To a revision", "gmig downgrade 3f2a"],
      ["One branch of two", "gmig downgrade shop@base"],
      ["Everything", "gmig downgrade base"],
      ["A script for somebody else to run", "gmig downgrade --sql head:3f2a"],
    ],
  });

  target = Option.String();
  sql = Option.Boolean("--sql", false, { description: "print a SQL script and connect to nothing; TARGET is FROM:TO" });
  dryRun = Option.Boolean("--dry-run", false, { description: "print the plan and run nothing" });
  transaction = Option.String("--transaction", { description: "each (default): a transaction for each revision; all: one for everything" });
  yes = Option.Boolean("--yes", false, { description: "revert also what lies beyond the named lineage" });
  allowDataLoss = Option.Boolean("--allow-data-loss", false, { description: "let tables and columns go that hold rows" });

  async run(): Promise<void> {
    const config = await this.config();
    const transaction = readTransaction(this.transaction);
    if (this.sql) {
      const { downgradeSql } = await import("../../workflow/offline-sql.js");
      this.printScript(await downgradeSql(config, this.target, { transaction }));
      return;
    }
    const { downgrade } = await import("../../workflow/downgrade.js");
    const { dryRun, allowDataLoss } = this;
    const result = await downgrade(config, this.target, {
      dryRun,
      allowDataLoss,
      transaction,
      signal: this.context.signal,
      onProgress: this.onProgress,
      confirm: async (beyond) => this.yes || (await this.ask(`This also reverts:\n${planLines(beyond, this.style).join("\n")}\nGo on?`)) === true,
    });
    this.print(result, printPlan);
  }
}
