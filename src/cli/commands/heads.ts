import { Command } from "clipanion";
import { GmigCommand } from "../gmig-command.js";
import { printHeads } from "../output/print-heads.js";

export class HeadsCommand extends GmigCommand {
  static override paths = [["heads"]];
  static override usage = Command.Usage({
    description: "the revisions that nothing follows",
    details: "A head that another revision depends on is an effective one: it is applied with its dependent, and needs no merge.",
    examples: [["Look", "gmig heads"]],
  });

  async run(): Promise<void> {
    const { heads } = await import("../../workflow/heads.js");
    const { verbose } = this;
    this.print(await heads(await this.config()), (result, style) => printHeads(result, verbose, style));
  }
}
