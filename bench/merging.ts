import { spawnSync } from "node:child_process";
import { freshDatabase } from "../test/support/postgres.js";
import { printFigure } from "./print.js";
import { interleave, median } from "./round.js";
import { GMIG, type Sample, writeTables } from "./sample.js";

/** `merge heads --check` of two heads that have a long history in common. */
export async function benchMerge({ folder, ids }: Sample, rounds: number): Promise<void> {
  const database = await freshDatabase({ tcp: true });
  const env = { DATABASE_URL: database.url };
  for (const index of [20_000, 30_000]) writeTables(folder, ids.length, [index]);
  spawnSync(process.execPath, [GMIG, "ensure", "--environment", "development"], { cwd: folder, env: { ...process.env, ...env } });
  const contender = { name: "gmig merge heads --check", command: [process.execPath, GMIG, "merge", "heads", "--check"], cwd: folder, env };
  const times: number[] = [];
  for (let round = 0; round < rounds + 1; round++) times.push(...(await interleave([contender], 1, 0)).flatMap((timing) => timing.times));
  process.stdout.write(`\nmerge heads --check, ${ids.length} revisions in common\n`);
  printFigure("the first time", times[0] ?? 0, "ms");
  printFigure("again", median(times.slice(1)), "ms");
  await database.drop();
}
