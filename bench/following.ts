import { spawnSync } from "node:child_process";
import { mkdirSync, symlinkSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { freshDatabase, query } from "../test/support/postgres.js";
import { freshRepository, type Repository } from "../test/support/repository.js";
import { printFigure } from "./print.js";
import { type Contender, interleave, median } from "./round.js";
import { fillSample, GMIG, writeProject, writeTables } from "./sample.js";

const NODE = process.execPath;

/** A repository that holds the sample project with twenty revisions on its branch main. */
function projectRepository(): Repository {
  const repository = freshRepository();
  writeProject(repository.path);
  mkdirSync(join(repository.path, "node_modules/.bin"));
  symlinkSync(GMIG, join(repository.path, "node_modules/.bin/gmig"));
  writeFileSync(join(repository.path, ".gitignore"), "node_modules\n.gmig\n");
  fillSample(repository.path, 20);
  repository.commit("the project");
  return repository;
}

function environment(repository: Repository, url: string): Record<string, string> {
  const kept = Object.entries(repository.env).filter((pair): pair is [string, string] => pair[1] !== undefined);
  return { ...Object.fromEntries(kept), DATABASE_URL: url };
}

function gmig(repository: Repository, env: Record<string, string>, ...args: readonly string[]): void {
  const { status, stderr } = spawnSync(NODE, [GMIG, ...args], { cwd: repository.path, env, encoding: "utf8" });
  if (status !== 0) throw new Error(stderr);
}

/** A contender that switches to and fro between two branches. */
function switching(name: string, repository: Repository, branches: readonly [string, string], env: Record<string, string>): Contender {
  let count = 0;
  const command = ["git", "switch", "-q", branches[0]];
  return { name, command, cwd: repository.path, env, before: () => void (command[3] = branches[count++ % 2] ?? "") };
}

/** `git switch` between branches that differ in no revision, with gmig's hooks and in a clone without. */
export async function benchCheckout(rounds: number): Promise<void> {
  const hooked = projectRepository();
  hooked.branch("docs");
  hooked.commit("docs", { README: "two\n" });
  hooked.git("switch", "-q", "main");
  const plain = hooked.clone();
  plain.git("branch", "docs", "origin/docs");
  const env = environment(hooked, "postgres://localhost/none");
  gmig(hooked, env, "hooks", "install", "--mode", "auto");
  const [bare, hooks] = await interleave([switching("without", plain, ["docs", "main"], env), switching("with", hooked, ["docs", "main"], env)], rounds);
  process.stdout.write("\ngit switch between branches that differ in no revision\n");
  printFigure("without hooks", median(bare?.times ?? []), "ms");
  printFigure("with hooks", median(hooks?.times ?? []), "ms");
  printFigure("more with hooks, median", median((hooks?.times ?? []).map((time, round) => time - (bare?.times[round] ?? 0))), "ms", 15);
}

/** `git switch` between branches that are two revisions apart on either side, with the database following it. */
export async function benchFollow(rounds: number): Promise<void> {
  const database = await freshDatabase({ tcp: true });
  const repository = projectRepository();
  const env = environment(repository, database.url);
  for (const [place, branch] of ["one", "other"].entries()) {
    repository.git("switch", "-q", "-c", branch, "main");
    writeTables(repository.path, 20, [0, 1].map((index) => 100 * (place + 1) + index));
    repository.commit(branch);
  }
  gmig(repository, env, "upgrade", "-q");
  gmig(repository, env, "hooks", "install", "--mode", "auto");
  const timings = await interleave([switching("git switch", repository, ["one", "other"], env)], rounds);
  const tables = await query<{ name: string }>(database.url, "select tablename as name from pg_tables where tablename ~ '^t\\d{3}$' order by 1");
  const branch = repository.git("branch", "--show-current");
  const wanted = branch === "one" ? "t100 t101" : "t200 t201";
  if (tables.map(({ name }) => name).join(" ") !== wanted) throw new Error(`the database did not follow to ${branch}: ${tables.map(({ name }) => name).join(" ")}`);
  process.stdout.write("\ngit switch with two steps down and two up, in TypeScript\n");
  printFigure("git switch, the database after it", median(timings[0]?.times ?? []), "ms", 1000);
  await database.drop();
}
