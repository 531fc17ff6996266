import { Command, Option } from "clipanion";
import { GmigCommand } from "../gmig-command.js";
import { printCheck } from "../output/print-check.js";

export class CheckCommand extends GmigCommand {
  static override paths = [["check"]];
  static override usage = Command.Usage({
    description: "for CI: one head, nothing published edited; exits 1 when not",
    details:
      "`--heads` (the default) looks at this checkout: one real head, no broken graph. `--base REF` looks at what a merge of HEAD and REF would give, from commits alone: no working tree, no database; it also finds revisions that REF has and HEAD deleted or edited. `--models` compares the Objection models with the database; `-v` lists what they leave open.",
    examples: [
      ["This checkout", "gmig check"],
      ["Is there anything to autogenerate?", "gmig check --models"],
      ["A pull request, before it is merged", "gmig check --base origin/main"],
    ],
  });

  heads = Option.Boolean("--heads", false, { description: "one real head, no broken graph, in this checkout" });
  base = Option.String("--base", { description: "the same for the merged result of HEAD and this ref" });

  models = Option.Boolean("--models", false, { description: "no difference between the Objection models and the database" });
  offline = Option.Boolean("--offline", false, { description: "with --models: compare with what the revisions make on a scratch database" });

  async run(): Promise<number> {
    const { check } = await import("../../workflow/check.js");
    const result = await check(await this.config(), { heads: this.heads, base: this.base, models: this.models, offline: this.offline });
    this.print(result, (shown, style) => printCheck(shown, this.verbose, style));
    return result.ok ? 0 : 1;
  }
}
