import { Command, Option } from "clipanion";
import type { InitResult } from "../../workflow/init.js";
import type { HooksInstallResult } from "../../workflow/hooks-install.js";
import type { CliContext } from "../context.js";
import { GmigCommand } from "../gmig-command.js";
import { printInit } from "../output/print-init.js";

export class InitCommand extends GmigCommand {
  static override paths = [["init"]];
  static override usage = Command.Usage({
    description: "write a configuration and the revisions folder",
    details: "Writes `gmig.config.ts` (or .js, as the project is written) and `.migrations/`. What is there already is left alone. Inside of a project that is set up already it refuses, unless `--here` says that this folder is one of its own. A knexfile is found and used, and so are Objection models in the usual places. `--hooks` also has Git tell gmig of checkouts and merges, as `gmig hooks install` does.",
    examples: [
      ["Begin in this folder", "gmig init"],
      ["One project of several in a repository", "gmig init --here"],
      ["The same, with Git's hooks", "gmig init --hooks"],
    ],
  });

  hooks = Option.Boolean("--hooks", false, { description: "also install the hooks of this clone" });
  here = Option.Boolean("--here", false, { description: "begin a project in this folder, also inside of another" });
  dryRun = Option.Boolean("--dry-run", false, { description: "say what would be written" });

  async run(): Promise<void> {
    const { FOLDER, init } = await import("../../workflow/init.js");
    const { dryRun, here } = this;
    const { cwd, gitEnv } = this.context;
    const result = init(cwd, { dryRun, here });
    const hooks = this.hooks ? await this.#installHooks(result, FOLDER, gitEnv) : null;
    this.print(hooks === null ? result : { ...result, hooks }, (_, style) => printInit(result, dryRun, hooks, style));
  }

  async #installHooks({ created }: InitResult, folder: string, env: CliContext["gitEnv"]): Promise<HooksInstallResult> {
    const { hooksInstall } = await import("../../workflow/hooks-install.js");
    const { cwd } = this.context;
    // A configuration that was just written says nothing else, and gmig, which it imports, may still have to be installed.
    const isNew = created.some((name) => name.startsWith("gmig.config."));
    const configs = isNew ? [(await import("../../config/load-config.js")).configFrom({ migrations: folder }, cwd)] : await this.configs();
    return hooksInstall(configs, { cwd, env }, { dryRun: this.dryRun });
  }
}
