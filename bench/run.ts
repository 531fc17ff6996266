import { rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { spawnSync } from "node:child_process";
import { configFrom } from "../src/config/load-config.js";
import { downgradeSql, upgradeSql } from "../src/workflow/offline-sql.js";
import { freshDatabase } from "../test/support/postgres.js";
import { benchCheckout, benchFollow } from "./following.js";
import { benchMerge } from "./merging.js";
import { benchModels } from "./models.js";
import { printRatios } from "./print.js";
import { plainScript, writeOneQuery, writeRivals } from "./rivals.js";
import { type Contender, interleave } from "./round.js";
import { GMIG, makeSample, type Sample } from "./sample.js";

const ROUNDS = Number(process.env["GMIG_BENCH_ROUNDS"] ?? 7);
const NODE = process.execPath;

async function benchHeads(sample: Sample, goal: number): Promise<void> {
  const { folder, ids } = sample;
  const contenders = [
    { name: "node -e 0", command: [NODE, "-e", "0"], cwd: folder },
    { name: "gmig heads", command: [NODE, GMIG, "heads"], cwd: folder },
  ];
  printRatios(`heads of ${ids.length} revisions, with a .ts config`, await interleave(contenders, ROUNDS * 3), goal, "gmig heads");
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
  printRatios("upgrade with nothing to do", await interleave(contenders, ROUNDS * 2), 2.5, "gmig upgrade");
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
  printRatios(`upgrade of ${ids.length} revisions`, timings.slice(0, pairs.length), 1.6, "gmig");
  printRatios(`downgrade of ${ids.length} revisions`, timings.slice(pairs.length), 1.6, "gmig");
  for (const database of databases) await database.drop();
}

const made: Sample[] = [];

/** A sample of its own for each part that writes into it. */
function sampleOf(count: number): Sample {
  const sample = makeSample(count);
  made.push(sample);
  return sample;
}

/** The parts by name: `node build/bench/run.js heads models` runs two of them. */
const PARTS: Readonly<Record<string, () => Promise<void>>> = {
  async heads() {
    await benchHeads(sampleOf(1000), 2.5);
    await benchHeads(sampleOf(10_000), 5);
  },
  nothing: async () => benchNothing(sampleOf(1000)),
  async thousand() {
    if (spawnSync("psql", ["--version"]).status === 0) await benchThousand(sampleOf(1000));
    else process.stdout.write("\nno psql on the PATH: upgrade and downgrade of 1,000 revisions are left out\n");
  },
  checkout: async () => benchCheckout(ROUNDS * 6),
  follow: async () => benchFollow(ROUNDS * 2),
  async models() {
    await benchModels(sampleOf(0), { count: 500, warm: 700, cold: 3000 }, ROUNDS);
    await benchModels(sampleOf(0), { count: 2000, warm: 2000, cold: 12_000 }, ROUNDS);
  },
  merge: async () => benchMerge(sampleOf(1000), 3),
};

const wanted = process.argv.slice(2);
try {
  for (const [name, part] of Object.entries(PARTS)) if (wanted.length === 0 || wanted.includes(name)) await part();
} finally {
  for (const { folder } of made) rmSync(folder, { recursive: true, force: true });
}
