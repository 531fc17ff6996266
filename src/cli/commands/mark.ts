import { Command, Option } from "clipanion";
import { GmigError } from "../../errors.js";
import { GmigCommand } from "../gmig-command.js";

export class MarkCommand extends GmigCommand {
  static override paths = [["mark"]];
  static override usage = Command.Usage({
    description: "mark the database as development, test or production",
    details: "Some commands, `sync` among them, work on development and test databases only. A database without a mark counts as production. An address is never a mark.",
    examples: [["This one may be reverted", "gmig mark development"]],
  });

  mark = Option.String();
  yes = Option.Boolean("--yes", false, { description: "do not ask" });

  async run(): Promise<void> {
    const { mark } = this;
    if (mark !== "development" && mark !== "test" && mark !== "production") {
      throw new GmigError("USAGE", `A database is marked as development, test or production, not ${mark}`, { hint: "gmig mark development" });
    }
    const workflow = await import("../../workflow/mark.js");
    const result = await workflow.mark(await this.config(), mark, {
      onProgress: this.onProgress,
      signal: this.context.signal,
      confirm: async ({ host, name }, before) => this.yes || (await this.ask(`Mark ${name} on ${host} (now ${before ?? "unmarked"}) as ${mark}?`)) === true,
    });
    this.print(result, ({ database, before }) =>
      before === database.environment ? `${database.url} is marked as ${mark} already.` : `${database.url} is now marked as ${mark}, before as ${before ?? "nothing"}.`,
    );
  }
}
