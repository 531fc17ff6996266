import { chmodSync, existsSync, mkdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { gmig } from "../support/cli.js";
import { freshFolder } from "../support/folder.js";
import { freshRepository, type GitRun, type Repository } from "../support/repository.js";

/** A call of gmig by the shim, as the program in its place saw it. */
export interface Call {
  /** The arguments after `hook`, joined by blanks. */
  readonly line: string;
  readonly args: readonly string[];
  readonly cwd: string;
  /** GMIG_HOOK_* and what git says of the repository. */
  readonly env: Readonly<Record<string, string>>;
  readonly input: string;
}

/** A repository with hooks installed, and a program in gmig's place that takes notes. */
export interface HookedRepository {
  readonly repository: Repository;
  /** Runs git, and returns how it ended and which calls its hooks made. */
  readonly run: (...args: readonly string[]) => GitRun & { readonly calls: readonly Call[] };
  /** The lines of these calls. */
  readonly calls: (...args: readonly string[]) => readonly string[];
  /** Makes the program in gmig's place say something and end so from now on. */
  readonly answer: (text: string, status: number) => void;
  /** The file that canaryProgram writes. */
  readonly canary: string;
  readonly hasRun: () => boolean;
}

function quoted(text: string): string {
  return `'${text.replaceAll("'", "'\\''")}'`;
}

const NOTED = ["GMIG_HOOK_SYNC", "GMIG_HOOK_MERGE", "GMIG_HOOK_TOP", "GMIG_HOOK_FOLDERS", "GIT_DIR", "GIT_WORK_TREE", "GIT_INDEX_FILE"];
const END = "\u001e";

/** A program that notes each call, and says and ends with what it is told to. */
export function noter(notes: string): string {
  return `#!/bin/sh
{
  printf '%s\\0' "$PWD" ${NOTED.map((name) => `"\${${name}-}"`).join(" ")} "$#" "$@"
  cat
  printf '\\036'
} >>${quoted(notes)}/calls
cat ${quoted(notes)}/said 2>/dev/null
exit "$(cat ${quoted(notes)}/status 2>/dev/null || echo 0)"
`;
}

function readCall(text: string): Call {
  const [cwd = "", ...rest] = text.split("\0");
  const values = rest.slice(0, NOTED.length);
  const [count = "0", ...after] = rest.slice(NOTED.length);
  const args = after.slice(0, Number(count));
  const env = Object.fromEntries(NOTED.map((name, index) => [name, values[index] ?? ""]));
  return { line: args.slice(1).join(" "), args, cwd, env, input: after.slice(Number(count)).join("\0") };
}

/** Returns the calls noted so far, and forgets them. */
export function takeCalls(notes: string): readonly Call[] {
  const file = join(notes, "calls");
  const text = existsSync(file) ? readFileSync(file, "utf8") : "";
  rmSync(file, { force: true });
  return text.split(END).slice(0, -1).map(readCall);
}

export function revision(name: string, up = `create table ${name} (id int);`): string {
  return `-- gmig revision: ${name}\n-- gmig parents:\n-- gmig created: 2026-01-01T00:00:00Z\n-- gmig message: ${name}\n\n-- gmig up\n${up}\n\n-- gmig down\ndrop table ${name};\n`;
}

export function plantProgram(path: string, text: string): void {
  mkdirSync(dirname(path), { recursive: true });
  writeFileSync(path, text);
  chmodSync(path, 0o755);
}

/** A text that leaves the canary when it is run. */
export function canaryProgram(canary: string): string {
  return `#!/bin/sh\necho "$0" >>${quoted(canary)}\n`;
}

function asRecord(env: NodeJS.ProcessEnv): Record<string, string> {
  return Object.fromEntries(Object.entries(env).filter((pair): pair is [string, string] => pair[1] !== undefined));
}

/** Runs `gmig` in a repository. */
export async function gmigIn(repository: Repository, args: readonly string[], at = repository.path): ReturnType<typeof gmig> {
  return gmig(at, args, { env: asRecord(repository.env) });
}

/**
 * A repository with revision `a`, on main also `c`, on feature also `b`, and a branch docs that differs from main in no revision; gmig's hooks are
 * installed with these options.
 */
export async function hookedRepository(...options: readonly string[]): Promise<HookedRepository> {
  const repository = freshRepository();
  const notes = freshFolder();
  const canary = join(freshFolder(), "canary");
  plantProgram(join(repository.path, "node_modules/.bin/gmig"), noter(notes));
  repository.commit("a", { ".gitignore": "node_modules\n", "gmig.config.json": "{}", "README": "one\n", ".migrations/1_a.sql": revision("a") });
  repository.branch("feature");
  repository.commit("b", { ".migrations/1_b.sql": revision("b") });
  repository.git("switch", "-q", "main");
  repository.commit("c", { ".migrations/1_c.sql": revision("c") });
  repository.branch("docs");
  repository.commit("docs", { README: "two\n" });
  repository.git("switch", "-q", "main");
  const { status, stderr } = await gmigIn(repository, ["hooks", "install", ...options]);
  if (status !== 0) throw new Error(stderr);
  const run: HookedRepository["run"] = (...args) => {
    takeCalls(notes);
    const ended = repository.run(...args);
    return { ...ended, calls: takeCalls(notes) };
  };
  return {
    repository,
    run,
    calls: (...args) => run(...args).calls.map(({ line }) => line),
    answer: (text, status) => {
      writeFileSync(join(notes, "said"), text);
      writeFileSync(join(notes, "status"), String(status));
    },
    canary,
    hasRun: () => existsSync(canary),
  };
}
