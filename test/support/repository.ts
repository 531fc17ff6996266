import { spawnSync } from "node:child_process";
import { mkdirSync, readFileSync, writeFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { freshFolder } from "./folder.js";

/** How a git command ended: its status is null when a signal ended it. */
export interface GitRun {
  readonly status: number | null;
  readonly stdout: string;
  readonly stderr: string;
}

/** A real repository with a configuration of its own: nothing of this machine's or this user's is read. */
export interface Repository {
  readonly path: string;
  /** What git runs with here, hooks included; to be passed to other programs that run in this repository. */
  readonly env: NodeJS.ProcessEnv;
  /** What the command printed, without the last line's end. Throws with what it said when it fails. */
  git(...args: readonly string[]): string;
  /** The same without throwing. */
  run(...args: readonly string[]): GitRun;
  write(file: string, text: string): void;
  read(file: string): string;
  /** Writes these files (path → text), stages all that changed, commits (an empty commit too) and returns the commit's id. */
  commit(message: string, files?: Readonly<Record<string, string>>): string;
  /** Makes a branch here, or at another commit, and switches to it. */
  branch(name: string, at?: string): void;
  /** A clone with this one as its `origin`. */
  clone(...args: readonly string[]): Repository;
  /** A linked worktree on a new branch of this name. */
  worktree(branch: string): Repository;
}

/** Seconds since 1970, one more with each git command, so that commits have an order and ids stay the same. */
interface Clock {
  now: number;
}

const START = Date.UTC(2026, 0, 1) / 1000;

const CONFIGURATION = `[user]
	name = Ada
	email = ada@example.org
[init]
	defaultBranch = main
[commit]
	gpgSign = false
[core]
	fsync = none
[gc]
	auto = 0
[maintenance]
	auto = false
[protocol "file"]
	allow = always
[advice]
	detachedHead = false
`;

/** A new repository without a commit, on the branch main. Hooks run in it, and PATH is kept. */
export function freshRepository(): Repository {
  const home = freshFolder();
  writeFileSync(join(home, ".gitconfig"), CONFIGURATION);
  const repository = repositoryAt(freshFolder(), home, { now: START });
  repository.git("init", "--quiet");
  return repository;
}

function repositoryAt(path: string, home: string, clock: Clock): Repository {
  const base = environment(home);
  const repository: Repository = {
    path,
    get env() {
      const date = `${clock.now} +0000`;
      return { ...base, GIT_AUTHOR_DATE: date, GIT_COMMITTER_DATE: date };
    },
    run(...args) {
      clock.now += 1;
      const { status, stdout, stderr, error } = spawnSync("git", args, { cwd: path, env: repository.env, encoding: "utf8" });
      if (error !== undefined) throw error;
      return { status, stdout, stderr };
    },
    git(...args) {
      const { status, stdout, stderr } = repository.run(...args);
      if (status !== 0) throw new Error(`git ${args.join(" ")} ended with ${status}:\n${stderr}${stdout}`);
      return stdout.replace(/\n$/, "");
    },
    write(file, text) {
      mkdirSync(dirname(join(path, file)), { recursive: true });
      writeFileSync(join(path, file), text);
    },
    read: (file) => readFileSync(join(path, file), "utf8"),
    commit(message, files = {}) {
      for (const [file, text] of Object.entries(files)) repository.write(file, text);
      repository.git("add", "--all");
      repository.git("commit", "--quiet", "--allow-empty", "--message", message);
      return repository.git("rev-parse", "HEAD");
    },
    branch(name, at) {
      repository.git("switch", "--quiet", "--create", name, ...(at === undefined ? [] : [at]));
    },
    clone(...args) {
      const folder = freshFolder();
      repository.git("clone", "--quiet", ...args, path, folder);
      return repositoryAt(folder, home, clock);
    },
    worktree(branch) {
      const folder = join(freshFolder(), branch);
      repository.git("worktree", "add", "--quiet", "-b", branch, folder);
      return repositoryAt(folder, home, clock);
    },
  };
  return repository;
}

/** Without what a hook that runs these tests, a CI or a developer's shell would bring in. */
function environment(home: string): NodeJS.ProcessEnv {
  const kept = Object.entries(process.env).filter(
    ([name]) => !/^(GIT_|GMIG_(?!TEST_)|npm_|XDG_|CI$|HUSKY$|NODE_ENV$|NODE_OPTIONS$)/.test(name),
  );
  return {
    ...Object.fromEntries(kept),
    HOME: home,
    GIT_CONFIG_GLOBAL: join(home, ".gitconfig"),
    GIT_CONFIG_NOSYSTEM: "1",
    GIT_TERMINAL_PROMPT: "0",
    GIT_EDITOR: "true",
    LC_ALL: "C",
    TZ: "UTC",
  };
}
