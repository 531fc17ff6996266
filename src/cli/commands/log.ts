import { Command, Option } from "clipanion";
import { GmigError } from "../../errors.js";
import { GmigCommand } from "../gmig-command.js";
import { printLog } from "../output/print-log.js";

export class LogCommand extends GmigCommand {
  static override paths = [["log"]];
  static override usage = Command.Usage({
    description: "what was applied here, when and by whom",
    details: "Newest first. The log is append-only: failures, stamps and marks are in it too.",
    examples: [["The last five", "gmig log -n 5"]],
  });

  count = Option.String("-n", "50", { description: "how many lines" });

  async run(): Promise<void> {
    const limit = Number(this.count);
    if (!Number.isInteger(limit) || limit < 1) throw new GmigError("USAGE", `-n takes a number, not ${this.count}`, { hint: "gmig log -n 5" });
    const { log } = await import("../../workflow/log.js");
    this.print(await log(await this.config(), limit), printLog);
  }
}
