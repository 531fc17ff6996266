import { Command, Option } from "clipanion";
import { GmigCommand } from "../gmig-command.js";
import { printSync } from "../output/print-sync.js";
import { visible } from "../output/visible.js";
import { readTransaction } from "../read-transaction.js";

export class SyncCommand extends GmigCommand {
  static override paths = [["sync"]];
  static override usage = Command.Usage({
    description: "make the database match this checkout, also downwards",
    details:
      "Reverts what this checkout does not know, even from a branch that is gone, and what was edited, then applies everything to all heads: in one transaction, so that the database is as before when any part cannot be done. Works on databases that are marked as development or test. It reverts only what this clone and worktree applied, and lets tables and columns that hold rows go only with `--allow-data-loss`.",
    examples: [
      ["After a checkout", "gmig sync"],
      ["Look first", "gmig sync --dry-run"],
      ["Also what a colleague's clone applied here", "gmig sync --foreign"],
    ],
  });

  dryRun = Option.Boolean("--dry-run", false, { description: "print the plan and run nothing" });
  foreign = Option.Boolean("--foreign", false, { description: "revert also what other clones and worktrees applied" });
  allowDataLoss = Option.Boolean("--allow-data-loss", false, { description: "let tables and columns go that hold rows" });
  transaction = Option.String("--transaction", { description: "all (default): one for everything; each: one for each revision, so that a failure leaves a part done" });
  fromObject = Option.Boolean("--from-object", false, { description: "take what a revision did from any Git object with its text, after showing it" });
  fromLedger = Option.Boolean("--from-ledger", false, { description: "take it from the text that the ledger kept, after showing it" });
  yes = Option.Boolean("--yes", false, { description: "run texts from --from-object and --from-ledger without asking" });

  async run(): Promise<void> {
    const { sync } = await import("../../workflow/sync.js");
    const { dryRun, foreign, allowDataLoss, fromObject, fromLedger } = this;
    const result = await sync(await this.config(), {
      dryRun,
      foreign,
      allowDataLoss,
      fromObject,
      fromLedger,
      transaction: readTransaction(this.transaction),
      signal: this.context.signal,
      onProgress: this.onProgress,
      confirmText: async ({ revision, source, text }) => {
        if (!this.json) this.context.stderr.write(visible(`Revision ${revision}, from ${source}:\n\n${text}\n\n`));
        return this.yes || (await this.ask(`Run its down?`)) === true;
      },
    });
    this.print(result, printSync);
  }
}
