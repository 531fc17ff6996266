import { Command, Option } from "clipanion";
import { GmigCommand } from "../gmig-command.js";
import { printShow } from "../output/print-show.js";

export class ShowCommand extends GmigCommand {
  static override paths = [["show"]];
  static override usage = Command.Usage({
    description: "a revision with its text",
    details: "Takes an id, the beginning of one, a label, `head`, `heads`, `current`, `label@head`, `head-1`.",
    examples: [
      ["The head", "gmig show head"],
      ["By the beginning of its id", "gmig show 3f2a"],
    ],
  });

  revision = Option.String();

  async run(): Promise<void> {
    const { show } = await import("../../workflow/show.js");
    this.print(await show(await this.config(), this.revision), printShow);
  }
}
