import { Command } from "clipanion";
import { GmigError } from "../../../errors.js";
import { GmigCommand } from "../../gmig-command.js";
import { printHooksStatus } from "../../output/print-hooks-status.js";

export class HooksStatusCommand extends GmigCommand {
  static override paths = [["hooks", "status"]];
  static override usage = Command.Usage({
    description: "which of Git's hooks call gmig here, and whether they would run",
    details: "Tells for each hook where it is installed and by which way, whether it is up to date, and what keeps it from running: `core.hooksPath`, a missing mode bit, the environment.",
    examples: [["Look", "gmig hooks status"]],
  });

  async run(): Promise<void> {
    const { hooksStatus } = await import("../../../workflow/hooks-status.js");
    const { cwd, gitEnv } = this.context;
    // A broken configuration does not keep hooks from running, nor from being looked at.
    const configs = await this.configs().catch((error: unknown) => {
      if (error instanceof GmigError) return null;
      throw error;
    });
    this.print(await hooksStatus(configs, { cwd, env: gitEnv }), printHooksStatus);
  }
}
