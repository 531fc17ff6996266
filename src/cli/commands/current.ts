import { Command } from "clipanion";
import { GmigCommand } from "../gmig-command.js";
import { printCurrent } from "../output/print-current.js";

export class CurrentCommand extends GmigCommand {
  static override paths = [["current"]];
  static override usage = Command.Usage({
    description: "where the database is",
    details: "The rows: the applied revisions from which no other applied one descends.",
    examples: [["Look", "gmig current"]],
  });

  async run(): Promise<void> {
    const { current } = await import("../../workflow/current.js");
    this.print(await current(await this.config()), printCurrent);
  }
}
