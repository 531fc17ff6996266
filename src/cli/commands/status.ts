import { Command } from "clipanion";
import { GmigCommand } from "../gmig-command.js";
import { printStatus } from "../output/print-status.js";

export class StatusCommand extends GmigCommand {
  static override paths = [["status"]];
  static override usage = Command.Usage({
    description: "how database and checkout stand, and the next command",
    details: "Changes nothing. With `--json`, `upToDate` says whether what is applied equals the checkout, and `next` is the command that mends it.",
    examples: [["Look", "gmig status"]],
  });

  async run(): Promise<void> {
    const { status } = await import("../../workflow/status.js");
    this.print(await status(await this.config()), (result, style) => printStatus(result, this.verbose, style));
  }
}
