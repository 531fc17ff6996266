import { rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { spawnSync } from "node:child_process";
import { configFrom } from "../src/config/load-config.js";
import { downgradeSql, upgradeSql } from "../src/workflow/offline-sql.js";
import { freshDatabase } from "../test/support/postgres.js";
import { plainScript, writeOneQuery, writeRivals } from "./rivals.js";
import { type Contender, interleave, median, ratio, type Timing } from "./round.js";
import { GMIG, makeSample, type Sample } from "./sample.js";

const ROUNDS = Number(process.env["GMIG_BENCH_ROUNDS"] ?? 7);
const NODE = process.execPath;

/** Prints each contender's median and its ratio to the first, beside the ratio to reach. */
function report(title: string, timings: readonly Timing[], goal: number, of: string): void {
  const [base] = timings;
  if (base === undefined) return;
  process.stdout.write(`\n${title}\n`);
  for (const timing of timings) {
    const times = ratio(timing, base);
    const verdict = timing.name === of ? (times <= goal ? `  (reaches ${goal}×)` : `  (misses ${goal}×)`) : "";
    process.stdout.write(`  ${timing.name.padEnd(28)}${median(timing.times).toFixed(0).padStart(7)} ms${times.toFixed(2).padStart(8)}×${verdict}\n`);
  }
}

async function benchHeads(sample: Sample, goal: number): Promise<void> {
  const { folder, ids } = sample;
  const contenders = [
    { name: "node -e 0", command: [NODE, "-e", "0"], cwd: folder },
    { name: "gmig heads", command: [NODE, GMIG, "heads"], cwd: folder },
  ];
  report(`heads of ${ids.length} revisions, with a .ts config`, await interleave(contenders, ROUNDS * 3), goal, "gmig heads");
}

async function benchNothing(sample: Sample): Promise<void> {
  const database = await freshDatabase({ tcp: true });
  const env = { DATABASE_URL: database.url };
  const cwd = sample.folder;
  spawnSync(NODE, [GMIG, "upgrade", "--quiet"], { cwd, env: { ...process.env, ...env } });
  const contenders = [
    { name: "node + pg + one query", command: [NODE, writeOneQuery(cwd)], cwd, env },
    { name: "gmig upgrade", command: [NODE, GMIG, "upgrade"], cwd, env },
  ];
  report("upgrade with nothing to do", await interleave(contenders, ROUNDS * 2), 2.5, "gmig upgrade");
  await database.drop();
}

/** A contender that goes up in odd runs and down in even ones, each timed by itself. */
function upAndDown(name: string, up: readonly string[], down: readonly string[], cwd: string, url: string): readonly [Contender, Contender] {
  const env = { DATABASE_URL: url };
  return [
    { name, command: up, cwd, env },
    { name, command: down, cwd, env },
  ];
}

async function benchThousand(sample: Sample): Promise<void> {
  const { folder, ids } = sample;
  const databases = await Promise.all(Array.from({ length: 4 }, async () => freshDatabase({ tcp: true })));
  const [psqlUrl = "", gmigUrl = "", knexUrl = "", umzugUrl = ""] = databases.map(({ url }) => url);
  const config = configFrom({ database: gmigUrl, migrations: ".migrations" }, folder);
  writeFileSync(join(folder, "up.sql"), plainScript((await upgradeSql(config, "head")).sql));
  writeFileSync(join(folder, "down.sql"), plainScript((await downgradeSql(config, "head:base")).sql));
  const psql = (file: string): readonly string[] => ["psql", "-X", "-q", "-v", "ON_ERROR_STOP=1", "-f", file, psqlUrl];
  const rivals = writeRivals(folder);
  const pairs = [
    upAndDown("psql, one transaction each", psql("up.sql"), psql("down.sql"), folder, psqlUrl),
    upAndDown("gmig", [NODE, GMIG, "upgrade", "-q"], [NODE, GMIG, "downgrade", "base", "-q", "--allow-data-loss"], folder, gmigUrl),
    upAndDown("knex migrate", [NODE, rivals.knex, "up"], [NODE, rivals.knex, "down"], folder, knexUrl),
    upAndDown("umzug", [NODE, rivals.umzug, "up"], [NODE, rivals.umzug, "down"], folder, umzugUrl),
  ];
  const timings = await interleave([...pairs.map(([up]) => up), ...pairs.map(([, down]) => down)], Math.max(3, ROUNDS - 2));
  report(`upgrade of ${ids.length} revisions`, timings.slice(0, pairs.length), 1.6, "gmig");
  report(`downgrade of ${ids.length} revisions`, timings.slice(pairs.length), 1.6, "gmig");
  for (const database of databases) await database.drop();
}

const samples = [makeSample(1000), makeSample(10_000)] as const;
try {
  const wanted = process.argv.slice(2);
  const isWanted = (name: string): boolean => wanted.length === 0 || wanted.includes(name);
  if (isWanted("heads")) {
    await benchHeads(samples[0], 2.5);
    await benchHeads(samples[1], 5);
  }
  if (isWanted("nothing")) await benchNothing(samples[0]);
  const hasPsql = spawnSync("psql", ["--version"]).status === 0;
  if (isWanted("thousand")) {
    if (hasPsql) await benchThousand(samples[0]);
    else process.stdout.write("\nno psql on the PATH: upgrade and downgrade of 1,000 revisions are left out\n");
  }
} finally {
  for (const { folder } of samples) rmSync(folder, { recursive: true, force: true });
}
