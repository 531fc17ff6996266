import { HOOKS, type Hook } from "./hook-lines.js";

/** Git's arguments as the pre-commit framework passes them on: in the environment, and no standard input. */
const ARGUMENTS: Readonly<Record<Exclude<Hook, "post-applypatch">, string>> = {
  "post-checkout": ' "$PRE_COMMIT_FROM_REF" "$PRE_COMMIT_TO_REF" "$PRE_COMMIT_CHECKOUT_TYPE"',
  "post-merge": ' "$PRE_COMMIT_IS_SQUASH_MERGE"',
  "post-rewrite": ' "$PRE_COMMIT_REWRITE_COMMAND"',
  "post-commit": "",
  "pre-commit": "",
  "pre-push": ' "$PRE_COMMIT_REMOTE_NAME" "$PRE_COMMIT_REMOTE_URL"',
};

const PUSHED = "echo $PRE_COMMIT_LOCAL_BRANCH $PRE_COMMIT_TO_REF $PRE_COMMIT_REMOTE_BRANCH $PRE_COMMIT_FROM_REF | ";

function hasStage(hook: Hook): hook is Exclude<Hook, "post-applypatch"> {
  return hook !== "post-applypatch";
}

/** The hooks that the pre-commit framework knows. */
export const PRE_COMMIT_HOOKS = HOOKS.filter(hasStage);

function entryOf(hook: Exclude<Hook, "post-applypatch">): string {
  const input = hook === "pre-push" ? PUSHED : "";
  return `sh -c 'gmig_hook="$(git rev-parse --git-common-dir)/hooks/gmig-hook"; [ ! -f "$gmig_hook" ] || ${input}"$gmig_hook" ${hook}${ARGUMENTS[hook]}'`;
}

/** Whether a configuration of the pre-commit framework calls gmig from a hook. */
export function callsGmig(text: string, hook: Hook): boolean {
  return hasStage(hook) && text.includes(entryOf(hook));
}

/** Returns what is to be added to the `repos` of a .pre-commit-config.yaml, a line each. */
export function preCommitEntries(): readonly string[] {
  const hooks = PRE_COMMIT_HOOKS.flatMap((hook) => [
    `      - id: gmig-${hook}`,
    `        name: gmig ${hook}`,
    `        entry: ${entryOf(hook)}`,
    "        language: system",
    `        stages: [${hook}]`,
    "        always_run: true",
    "        pass_filenames: false",
    "        verbose: true",
  ]);
  return ["  - repo: local", "    hooks:", ...hooks];
}

/** Returns the command that makes the framework listen to these hooks. */
export function preCommitInstall(): string {
  return `pre-commit install ${PRE_COMMIT_HOOKS.map((hook) => `--hook-type ${hook}`).join(" ")}`;
}
