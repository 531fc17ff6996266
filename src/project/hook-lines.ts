/** Git's hooks that gmig is called from. */
export const HOOKS = ["post-checkout", "post-merge", "post-rewrite", "post-commit", "post-applypatch", "pre-commit", "pre-push"] as const;
export type Hook = (typeof HOOKS)[number];

/** The hooks to which Git writes, and whose other commands want to read the same. */
const READING: ReadonlySet<Hook> = new Set(["post-rewrite", "pre-push"]);

/** Finds the clone's own copy of the shim, which lies in no worktree. One process more where `.git` is no folder. */
const FIND = [
  "gmig_hook=${GIT_DIR:-.git}/hooks/gmig-hook",
  '[ -f "$gmig_hook" ] || gmig_hook=$(git rev-parse --git-common-dir 2>/dev/null)/hooks/gmig-hook || :',
];

/** Only a push is ever stopped. */
function failing(hook: Hook): string {
  return hook === "pre-push" ? "exit 1" : ":";
}

/**
 * Returns the lines of POSIX shell that call the shim from a hook, to stand before other commands: these get the same standard input, and the hook ends
 * with their status. They hold under `set -e` and `set -u`, and do nothing in a clone without the shim.
 */
export function hookLines(hook: Hook): readonly string[] {
  if (!READING.has(hook)) return [...FIND, `if [ -f "$gmig_hook" ]; then "$gmig_hook" ${hook} "$@" || ${failing(hook)}; fi`];
  const input = ["$gmig_input", "GMIG"];
  return [
    ...FIND,
    "gmig_input=$(cat)",
    'if [ -f "$gmig_hook" ]; then',
    `"$gmig_hook" ${hook} "$@" <<GMIG || ${failing(hook)}`,
    ...input,
    "fi",
    'if [ -n "$gmig_input" ]; then',
    "exec <<GMIG",
    ...input,
    "else exec </dev/null; fi",
  ];
}

/** Returns the lines for a command of its own, whose standard input nobody else reads; `args` is how Git's arguments are written there. */
export function commandLines(hook: Hook, args: string): readonly string[] {
  return [...FIND, `if [ -f "$gmig_hook" ]; then "$gmig_hook" ${hook}${args === "" ? "" : ` ${args}`} || ${failing(hook)}; fi`];
}

/** Returns the command for `hook.<name>.command`, to which Git appends its arguments. */
export function hookCommand(hook: Hook): string {
  return [...FIND, '[ -f "$gmig_hook" ] || gmig_hook=true', `"$gmig_hook" ${hook}`].join("; ");
}
