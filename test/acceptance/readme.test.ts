import { spawnSync } from "node:child_process";
import { chmodSync, mkdirSync, readFileSync, writeFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";
import { suite } from "uvu";
import * as assert from "uvu/assert";
import { usageText } from "../../src/cli/output/print-usage.js";
import { freshFolder } from "../support/folder.js";
import { freshDatabase } from "../support/postgres.js";
import { freshRepository } from "../support/repository.js";

const test = suite("acceptance/readme");
const top = join(dirname(fileURLToPath(import.meta.url)), "../../..");
const readme = readFileSync(join(top, "README.md"), "utf8");

test("the usage block is what gmig prints", () => {
  assert.is(/<!-- usage[^>]*-->\n```text\n([\s\S]*?)```\n<!-- \/usage -->/.exec(readme)?.[1], usageText());
});

/** What differs from run to run gets the same name wherever it stands: ids in the order in which they appear, times, durations. */
function withoutChance(text: string): string {
  const ids = new Map<string, string>();
  return text
    .replace(/(?<![0-9a-z])[0-9a-f]{12}(?![0-9a-z])/g, (id) => {
      const name = ids.get(id) ?? `id${ids.size + 1}`;
      ids.set(id, name);
      return name;
    })
    .replace(/\b\d{14}_/g, "TIME_")
    .replace(/\b\d{4}-\d\d-\d\d\b/g, "DATE")
    .replace(/\bat [0-9a-f]{10}\b/g, "at COMMIT")
    .replace(/\d+(\.\d+)? m?s\b/g, "N ms")
    // A merge revision names its parents in the order of their ids, which is chance as well.
    .replace(/(id\d+) and (id\d+)/g, (_, one: string, other: string) => [one, other].sort().join(" and "));
}

interface Exchange {
  readonly command: string;
  readonly output: string;
}

function exchanges(story: string): Exchange[] {
  return story
    .split(/^\$ /m)
    .slice(1)
    .map((part) => ({ command: part.slice(0, part.indexOf("\n")), output: part.slice(part.indexOf("\n") + 1) }));
}

test("the story at the beginning is what a terminal shows", async () => {
  const story = /```console\n([\s\S]*?)```/.exec(readme)?.[1] ?? "";
  const { url } = await freshDatabase();
  const repository = freshRepository();
  const bin = freshFolder();
  // Each command a second later than the one before, so that the order by creation time is the story's.
  writeFileSync(join(bin, "gmig"), `#!/bin/sh\nsleep 1\nexec "${process.execPath}" "${join(top, "build/src/cli/main.js")}" "$@"\n`);
  chmodSync(join(bin, "gmig"), 0o755);
  mkdirSync(join(repository.path, ".migrations"));
  repository.write("tsconfig.json", "{}");
  repository.write(".gitignore", ".gmig\n");
  repository.commit("begin");
  const env = { ...repository.env, PATH: `${bin}:${repository.env["PATH"] ?? ""}`, DATABASE_URL: url, GMIG_ENVIRONMENT: "development", NO_COLOR: "1" };
  const seen: Exchange[] = exchanges(story).map(({ command }) => {
    const { stdout, stderr } = spawnSync("sh", ["-c", command], { cwd: repository.path, env, encoding: "utf8" });
    const errors = stderr.split("\n").filter((line) => line.startsWith("error") || line.startsWith("hint"));
    // Where the database is differs from machine to machine.
    const shown = stdout.replace(/^database .*\n/gm, "");
    return { command, output: [shown, ...errors.map((line) => `${line}\n`)].join("") };
  });
  assert.ok(seen.length > 10);
  const text = (list: readonly Exchange[]): string => withoutChance(list.map(({ command, output }) => `$ ${command}\n${output}`).join(""));
  assert.is(text(seen), text(exchanges(story)));
});

test.run();
