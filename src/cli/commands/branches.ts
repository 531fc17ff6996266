import { Command } from "clipanion";
import { GmigCommand } from "../gmig-command.js";
import { printBranches } from "../output/print-branches.js";

export class BranchesCommand extends GmigCommand {
  static override paths = [["branches"]];
  static override usage = Command.Usage({
    description: "where the graph forks",
    details: "Revisions that more than one other follows, with those that follow them.",
    examples: [["Look", "gmig branches"]],
  });

  async run(): Promise<void> {
    const { branches } = await import("../../workflow/branches.js");
    this.print(await branches(await this.config()), printBranches);
  }
}
