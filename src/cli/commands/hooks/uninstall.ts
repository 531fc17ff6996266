import { Command, Option } from "clipanion";
import { GmigCommand } from "../../gmig-command.js";
import { printHooksUninstall } from "../../output/print-hooks-change.js";

export class HooksUninstallCommand extends GmigCommand {
  static override paths = [["hooks", "uninstall"]];
  static override usage = Command.Usage({
    description: "take gmig out of this clone's hooks",
    details: "Every file is as it was before `gmig hooks install`, and its settings in this clone's configuration are gone, those of all projects.",
    examples: [
      ["Take it out", "gmig hooks uninstall"],
      ["Only look", "gmig hooks uninstall --dry-run"],
    ],
  });

  dryRun = Option.Boolean("--dry-run", false, { description: "say what would be removed" });

  async run(): Promise<void> {
    const { hooksUninstall } = await import("../../../workflow/hooks-uninstall.js");
    const { cwd, gitEnv } = this.context;
    this.print(await hooksUninstall({ cwd, env: gitEnv }, { dryRun: this.dryRun }), printHooksUninstall);
  }
}
