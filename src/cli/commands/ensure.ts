import { Command } from "clipanion";
import { GmigCommand } from "../gmig-command.js";

export class EnsureCommand extends GmigCommand {
  static override paths = [["ensure"]];
  static override usage = Command.Usage({
    description: "make gmig's own tables and nothing else",
    details: "Every command that writes makes them by itself; this is for those who want them there before.",
    examples: [["For a database of production", "gmig ensure --environment production"]],
  });

  async run(): Promise<void> {
    const { ensure } = await import("../../workflow/ensure.js");
    const result = await ensure(await this.config(), { onProgress: this.onProgress, signal: this.context.signal });
    this.print(result, ({ database }) => `gmig's tables are in ${database.url}, marked as ${database.environment ?? "nothing, which counts as production"}.`);
  }
}
