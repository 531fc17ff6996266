import type { CommandClass } from "clipanion";
import type { CliContext } from "./context.js";

/** A command as it is listed, with its work behind a lazy import. */
export interface CommandEntry {
  /** The words that name it. */
  readonly path: string;
  readonly arguments: string;
  readonly summary: string;
  readonly load: () => Promise<CommandClass<CliContext>>;
}

export interface CommandGroup {
  readonly title: string;
  readonly commands: readonly CommandEntry[];
}

/** Every command, in the order in which `gmig` lists them. */
export const COMMAND_GROUPS: readonly CommandGroup[] = [
  {
    title: "Write revisions",
    commands: [
      { path: "init", arguments: "", summary: "write a configuration and the revisions folder", load: async () => (await import("./commands/init.js")).InitCommand },
      { path: "revision", arguments: "-m MSG", summary: "write a new revision on the head; --autogenerate from Objection models", load: async () => (await import("./commands/revision.js")).RevisionCommand },
      { path: "merge", arguments: "heads | REV…", summary: "join heads by a merge revision, once both orders give one schema", load: async () => (await import("./commands/merge.js")).MergeCommand },
      { path: "rebase", arguments: "[REV] --onto REV", summary: "put this branch's revisions on another head, in one line", load: async () => (await import("./commands/rebase.js")).RebaseCommand },
      { path: "edit", arguments: "REV", summary: "open a revision in the editor", load: async () => (await import("./commands/edit.js")).EditCommand },
    ],
  },
  {
    title: "Move the database",
    commands: [
      { path: "upgrade", arguments: "[TARGET=head]", summary: "apply what is pending", load: async () => (await import("./commands/upgrade.js")).UpgradeCommand },
      { path: "downgrade", arguments: "TARGET", summary: "revert what stands on the target", load: async () => (await import("./commands/downgrade.js")).DowngradeCommand },
      { path: "sync", arguments: "", summary: "make the database match this checkout, also downwards", load: async () => (await import("./commands/sync.js")).SyncCommand },
      { path: "stamp", arguments: "REV…", summary: "say what is applied, without running anything", load: async () => (await import("./commands/stamp.js")).StampCommand },
      { path: "ensure", arguments: "", summary: "make gmig's own tables and nothing else", load: async () => (await import("./commands/ensure.js")).EnsureCommand },
      { path: "mark", arguments: "ENVIRONMENT", summary: "mark the database as development, test or production", load: async () => (await import("./commands/mark.js")).MarkCommand },
    ],
  },
  {
    title: "Look",
    commands: [
      { path: "status", arguments: "", summary: "how database and checkout stand, and the next command", load: async () => (await import("./commands/status.js")).StatusCommand },
      { path: "check", arguments: "", summary: "for CI: one head; --base REF the merged result; --models no difference; exits 1 when not", load: async () => (await import("./commands/check.js")).CheckCommand },
      { path: "current", arguments: "", summary: "where the database is", load: async () => (await import("./commands/current.js")).CurrentCommand },
      { path: "heads", arguments: "", summary: "the revisions that nothing follows", load: async () => (await import("./commands/heads.js")).HeadsCommand },
      { path: "branches", arguments: "", summary: "where the graph forks", load: async () => (await import("./commands/branches.js")).BranchesCommand },
      { path: "history", arguments: "[-r FROM:TO]", summary: "the revisions, newest first; --graph draws them", load: async () => (await import("./commands/history.js")).HistoryCommand },
      { path: "show", arguments: "REV", summary: "a revision with its text", load: async () => (await import("./commands/show.js")).ShowCommand },
      { path: "log", arguments: "", summary: "what was applied here, when and by whom", load: async () => (await import("./commands/log.js")).LogCommand },
    ],
  },
  {
    title: "Git",
    commands: [
      { path: "hooks install", arguments: "", summary: "have Git tell gmig of checkouts, merges and rebases in this clone", load: async () => (await import("./commands/hooks/install.js")).HooksInstallCommand },
      { path: "hooks uninstall", arguments: "", summary: "take gmig out of this clone's hooks", load: async () => (await import("./commands/hooks/uninstall.js")).HooksUninstallCommand },
      { path: "hooks status", arguments: "", summary: "which of Git's hooks call gmig here, and whether they would run", load: async () => (await import("./commands/hooks/status.js")).HooksStatusCommand },
    ],
  },
];

/** What only hooks call. */
const UNLISTED: readonly CommandEntry[] = [
  { path: "hook", arguments: "NAME", summary: "what Git's hooks call; not for typing", load: async () => (await import("./commands/hook.js")).HookCommand },
];

export const COMMANDS: readonly CommandEntry[] = [...COMMAND_GROUPS.flatMap(({ commands }) => commands), ...UNLISTED];
