import { Command, Option } from "clipanion";
import { GmigCommand } from "../gmig-command.js";
import { printInit } from "../output/print-init.js";

export class InitCommand extends GmigCommand {
  static override paths = [["init"]];
  static override usage = Command.Usage({
    description: "write a configuration and the revisions folder",
    details: "Writes `gmig.config.ts` (or .js, as the project is written) and `.migrations/`. What is there already is left alone. A knexfile is found and used.",
    examples: [["Begin in this folder", "gmig init"]],
  });

  dryRun = Option.Boolean("--dry-run", false, { description: "say what would be written" });

  async run(): Promise<void> {
    const { init } = await import("../../workflow/init.js");
    const { dryRun } = this;
    this.print(init(this.context.cwd, { dryRun }), (result, style) => printInit(result, dryRun, style));
  }
}
