import { Command, Option } from "clipanion";
import { GmigCommand } from "../gmig-command.js";
import { printHistory } from "../output/print-history.js";

export class HistoryCommand extends GmigCommand {
  static override paths = [["history"]];
  static override usage = Command.Usage({
    description: "the revisions, newest first; --graph draws them",
    details: "A range is `LOWER:UPPER`, both ends included; an empty side is the base or the heads. It needs no database, unless a range says `current`.",
    examples: [
      ["Everything", "gmig history"],
      ["Drawn as Git draws its log", "gmig history --graph"],
      ["The last five", "gmig history -r -5:"],
      ["What is not applied yet", "gmig history -r current:heads"],
    ],
  });

  range = Option.String("-r,--range", { description: "LOWER:UPPER" });
  graph = Option.Boolean("--graph", false, { description: "draw the graph beside the list" });
  current = Option.Boolean("-i,--indicate-current", false, { description: "mark where the database is" });

  async run(): Promise<void> {
    const { history } = await import("../../workflow/history.js");
    const { graph, verbose, range, current } = this;
    this.print(await history(await this.config(), { range, withRows: current }), (result, style) => printHistory(result, { graph, verbose }, style));
  }
}
