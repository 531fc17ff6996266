import { Command, Option } from "clipanion";
import { GmigCommand } from "../gmig-command.js";
import { openEditor } from "../open-editor.js";

export class EditCommand extends GmigCommand {
  static override paths = [["edit"]];
  static override usage = Command.Usage({
    description: "open a revision in the editor",
    details: "Uses `$VISUAL`, else `$EDITOR`. With `--json` it prints the path instead.",
    examples: [
      ["The head", "gmig edit head"],
      ["By the beginning of its id", "gmig edit 3f2a"],
    ],
  });

  revision = Option.String();

  async run(): Promise<void> {
    const { edit } = await import("../../workflow/edit.js");
    const found = await edit(await this.config(), this.revision);
    if (this.json) this.print(found, ({ path }) => path);
    else await openEditor(this.context, found.path);
  }
}
