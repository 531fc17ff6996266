import { Command, Option } from "clipanion";
import { GmigError } from "../../errors.js";
import { GmigCommand } from "../gmig-command.js";
import { visible } from "../output/visible.js";

/** What the shim of pre-push takes for a refusal; every other status lets Git go on. */
const STOP = 3;

export class HookCommand extends GmigCommand {
  static override paths = [["hook"]];
  static override usage = Command.Usage({
    description: "what Git's hooks call; not for typing",
    details: "Called by the shim that `gmig hooks install` puts into this clone, with its settings in the environment.",
    examples: [["What the shim runs after a merge", "gmig hook post-merge 0"]],
  });

  hook = Option.String();
  rest = Option.Proxy();

  async run(): Promise<number> {
    const [{ hook, HOOK_NAMES }, { readHookPlace }] = await Promise.all([import("../../workflow/hook.js"), import("../../workflow/hook-place.js")]);
    const name = HOOK_NAMES.find((known) => known === this.hook);
    if (name === undefined) throw new GmigError("USAGE", `There is no hook ${this.hook}; gmig knows ${HOOK_NAMES.join(", ")}`, { hint: "gmig hooks install" });
    const { cwd, gitEnv } = this.context;
    const place = readHookPlace(gitEnv, cwd);
    if (place === null) throw new GmigError("USAGE", "A hook is run by Git, through the shim that is installed in a clone", { hint: "gmig hooks install" });
    const { lines, stops } = await hook({ name, place, cwd, gitEnv, input: name === "pre-push" ? await this.readInput() : "", loadConfig: async () => this.config() });
    for (const line of lines.map((one) => visible(one))) this.context.stderr.write(line.startsWith("hint: ") ? `${line}\n` : `gmig: ${line}\n`);
    return stops ? STOP : 0;
  }

  private async readInput(): Promise<string> {
    const chunks: Buffer[] = [];
    for await (const chunk of this.context.stdin) chunks.push(Buffer.from(chunk as Uint8Array));
    return Buffer.concat(chunks).toString("utf8");
  }
}
