import { appendFileSync, mkdirSync, symlinkSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { findGit } from "../../src/git/find-git.js";
import { openRepository } from "../../src/git/open-repository.js";
import type { Repository as Opened } from "../../src/git/repository.js";
import { freshFolder } from "../support/folder.js";
import { freshRepository, type Repository } from "../support/repository.js";

/** The git program of this machine. */
export const BINARY = findGit(process.env);

/** The folder that holds the revisions in all of them, and one with as odd a name as Git allows. */
export const FOLDER = "db/.migrations";
export const ODD_FOLDER = "we ird/$(touch pwned)'\"\n-ü*";
export const ODD_BRANCH = "we-ird/$(touch${IFS}pwned)'\"ü";

/** A kind of repository; what is made is fresh each time. */
export interface Situation {
  readonly name: string;
  readonly make: () => Repository;
  /** Why isomorphic-git is not to be trusted with it; null where it is. */
  readonly failing: RegExp | null;
  /** Where what is to be opened differs from the repository's own folder. */
  readonly from?: string | undefined;
}

/** Opens a test's repository, with git or, given null, without. */
export function open(repository: Repository, { from = "", binary = BINARY }: { readonly from?: string | undefined; readonly binary?: string | null } = {}): Opened {
  return openRepository(join(repository.path, from), { cwd: repository.path, env: repository.env, binary });
}

/**
 * <pre>
 *   one -- two -- merge -- last      main
 *     \          /
 *      side ----                     side
 *      \
 *       odd                          ODD_BRANCH
 * </pre>
 */
export function history(repository: Repository = freshRepository()): Repository {
  repository.commit("one", { [`${FOLDER}/a.ts`]: "a", [`${FOLDER}/deep/x.ts`]: "x", "README.md": "r" });
  repository.git("tag", "-a", "-m", "first", "v1");
  repository.branch("side");
  repository.commit("side", { [`${FOLDER}/c.ts`]: "c" });
  repository.branch(ODD_BRANCH, "v1");
  repository.commit("odd", { [`${ODD_FOLDER}/q'"\n$(x).ts`]: "odd", [`${FOLDER}/a.ts`]: "edited" });
  repository.git("switch", "--quiet", "main");
  repository.commit("two", { [`${FOLDER}/b.ts`]: "b\r\n" });
  repository.git("merge", "--quiet", "--no-edit", "side");
  repository.commit("last", { "README.md": "again" });
  return repository;
}

function packed(): Repository {
  const repository = history();
  repository.git("gc", "--quiet");
  repository.git("pack-refs", "--all");
  return repository;
}

function cloned(...args: readonly string[]): Repository {
  const origin = history();
  origin.git("config", "uploadpack.allowFilter", "true");
  return origin.clone(...args);
}

function detached(): Repository {
  const repository = history();
  repository.git("switch", "--quiet", "--detach", "main~1");
  return repository;
}

function submodule(): Repository {
  const inner = history();
  const outer = freshRepository();
  outer.commit("outer", { "outer.txt": "o" });
  outer.git("submodule", "--quiet", "add", inner.path, "mods/in ner");
  outer.commit("with a submodule");
  return outer;
}

function linked(): Repository {
  const repository = history();
  const worktree = repository.worktree("linked");
  worktree.commit("linked", { [`${FOLDER}/l.ts`]: "l" });
  return worktree;
}

function configured(...settings: readonly (readonly [string, string])[]): Repository {
  const repository = freshRepository();
  for (const [key, value] of settings) repository.git("config", key, value);
  return history(repository);
}

function splitIndex(): Repository {
  const repository = history();
  repository.git("update-index", "--split-index");
  return repository;
}

function sha256(): Repository {
  const repository = freshRepository();
  repository.git("init", "--quiet", "--object-format=sha256", "inner");
  repository.git("-C", "inner", "remote", "add", "origin", "nowhere");
  const folder = join(repository.path, "inner");
  return history({ ...repository, path: folder, env: repository.env, ...within(repository, folder) });
}

/** The same repository's methods for a folder in it. */
export function within(repository: Repository, folder: string): Pick<Repository, "git" | "run" | "write" | "commit" | "branch"> {
  const git = (...args: readonly string[]): string => repository.git("-C", folder, ...args);
  const write = (file: string, text: string): void => {
    const path = join(folder, file);
    mkdirSync(join(path, ".."), { recursive: true });
    writeFileSync(path, text);
  };
  return {
    git,
    run: (...args) => repository.run("-C", folder, ...args),
    write,
    commit(message, files = {}) {
      for (const [file, text] of Object.entries(files)) write(file, text);
      git("add", "--all");
      git("commit", "--quiet", "--allow-empty", "--message", message);
      return git("rev-parse", "HEAD");
    },
    branch: (name, at) => void git("switch", "--quiet", "--create", name, ...(at === undefined ? [] : [at])),
  };
}

/** Whether this git can keep references as tables, which it does from 2.45 on. */
export const HAS_REFTABLE = freshRepository().run("init", "--quiet", "--ref-format=reftable", "tables").status === 0;

function reftable(): Repository {
  const repository = freshRepository();
  repository.git("init", "--quiet", "--ref-format=reftable", "inner");
  const folder = join(repository.path, "inner");
  return history({ ...repository, path: folder, env: repository.env, ...within(repository, folder) });
}

function packIndexOne(): Repository {
  const repository = freshRepository();
  repository.git("config", "pack.indexVersion", "1");
  history(repository).git("gc", "--quiet");
  return repository;
}

function replaced(): Repository {
  const repository = history();
  repository.git("replace", "main", "v1^{commit}");
  return repository;
}

function sparse(): Repository {
  const repository = history();
  repository.git("sparse-checkout", "set", "--cone", "db");
  return repository;
}

function symbolicHead(): Repository {
  const repository = history();
  repository.git("symbolic-ref", "refs/heads/alias", "refs/heads/main");
  repository.git("switch", "--quiet", "alias");
  return repository;
}

function behindLink(): Repository {
  const repository = history();
  const link = join(freshFolder(), "li nk");
  symlinkSync(repository.path, link);
  return { ...repository, path: link, env: repository.env };
}

function oddConfig(): Repository {
  const repository = history();
  appendFileSync(join(repository.path, ".git/config"), '[Core] ; a comment\n\tBARE = "no" # another\n[remote "a \\"b\\" [c]"]\n\turl = "x;y" \\\n  z\n[extensions] worktreeConfig\n');
  return repository;
}

export const SITUATIONS: readonly Situation[] = [
  { name: "loose objects", make: () => history(), failing: null },
  { name: "packed objects and references", make: packed, failing: null },
  { name: "a project in a subfolder", make: () => history(), from: FOLDER, failing: null },
  { name: "a folder that is not there", make: () => history(), from: "no/such/folder", failing: null },
  { name: "reached through a link", make: behindLink, failing: null },
  { name: "unborn", make: () => freshRepository(), failing: null },
  { name: "detached", make: detached, failing: null },
  { name: "a branch that is another's alias", make: symbolicHead, failing: null },
  { name: "a linked worktree", make: linked, failing: null },
  { name: "a submodule", make: submodule, from: "mods/in ner", failing: null },
  { name: "around a submodule", make: submodule, failing: null },
  { name: "bare", make: () => cloned("--bare"), failing: null },
  { name: "shallow", make: () => cloned("--no-local", "--depth=1", "--no-single-branch"), failing: null },
  { name: "a clone", make: () => cloned("--no-local"), failing: null },
  { name: "index version 4", make: () => configured(["index.version", "4"]), failing: null },
  { name: "split index", make: splitIndex, failing: null },
  { name: "sparse checkout", make: sparse, failing: null },
  { name: "core.hooksPath", make: () => configured(["core.hooksPath", ".husky/_"]), failing: null },
  { name: "a configuration written by hand", make: oddConfig, failing: null },
  { name: "alternates", make: () => cloned("--shared"), failing: /borrows objects/ },
  { name: "partial, without blobs", make: () => cloned("--no-local", "--filter=blob:none"), failing: /partial clone/ },
  { name: "partial, without trees", make: () => cloned("--no-local", "--filter=tree:0"), failing: /partial clone/ },
  { name: "SHA-256", make: sha256, failing: /sha256/ },
  { name: "a pack's index of version 1", make: packIndexOne, failing: /version 1/ },
  { name: "replaced objects", make: replaced, failing: /replaces objects/ },
  ...(HAS_REFTABLE ? [{ name: "references in tables", make: reftable, failing: /kept as reftable/ }] : []),
];

/** A repository of the kind that has this name. */
export function situation(name: string): Repository {
  const found = SITUATIONS.find((one) => one.name === name);
  if (found === undefined) throw new Error(`there is no situation "${name}"`);
  return found.make();
}
