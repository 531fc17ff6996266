import { Command, Option } from "clipanion";
import { GmigError } from "../../../errors.js";
import { GmigCommand } from "../../gmig-command.js";
import { printHooksInstall } from "../../output/print-hooks-change.js";

/** Takes one of the values that an option has. */
function oneOf<Value extends string>(option: string, values: readonly Value[], said: string | undefined): Value | undefined {
  const value = values.find((one) => one === said);
  if (said !== undefined && value === undefined) throw new GmigError("USAGE", `${option} takes ${values.join(", ")}, not ${said}`, { hint: "gmig hooks install --help" });
  return value;
}

export class HooksInstallCommand extends GmigCommand {
  static override paths = [["hooks", "install"]];
  static override usage = Command.Usage({
    description: "have Git tell gmig of checkouts, merges and rebases in this clone",
    details:
      "Installs beside what is there: by git's configuration (2.54 and later), husky, lefthook, simple-git-hooks, pre-commit, or in git's own hooks folder; `--way` names one of these. Without more, a checkout only says which revisions came and went, and runs nothing that a branch brings along. `--mode auto` makes the database follow by itself, where it is marked as development or test. What is set here holds for this clone alone. Doing it again brings everything up to date.",
    examples: [
      ["Be told", "gmig hooks install"],
      ["The database follows the checkout, and a merge holds its merge revision", "gmig hooks install --mode auto --merge fold"],
      ["Refuse to push several heads or an edited revision", "gmig hooks install --push check"],
      ["Only look", "gmig hooks install --dry-run"],
    ],
  });

  mode = Option.String("--mode", { description: "report (default): say what changed; auto: run sync; off: nothing" });
  merge = Option.String("--merge", { description: "write (default): write the merge revision; fold: into the merge commit; warn: only say so; off: nothing" });
  push = Option.String("--push", { description: "check: refuse a push that breaks the graph; off (default)" });
  way = Option.String("--way", { description: "config, husky, lefthook, simple-git-hooks, pre-commit or plain" });
  dryRun = Option.Boolean("--dry-run", false, { description: "say what would be written" });

  async run(): Promise<void> {
    const { way, dryRun } = this;
    const sync = oneOf("--mode", ["report", "auto", "off"], this.mode);
    const merge = oneOf("--merge", ["write", "fold", "warn", "off"], this.merge);
    const push = oneOf("--push", ["check", "off"], this.push);
    const { hooksInstall } = await import("../../../workflow/hooks-install.js");
    const { cwd, gitEnv } = this.context;
    this.print(await hooksInstall(await this.configs(), { cwd, env: gitEnv }, { way, sync, merge, push, dryRun }), printHooksInstall);
  }
}
