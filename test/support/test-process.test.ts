import { spawnSync } from "node:child_process";
import { readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { suite } from "uvu";
import * as assert from "uvu/assert";
import { builtFile } from "./find-tests.js";
import { freshFolder } from "./folder.js";
import { runTestProcess, type TestProcessResult } from "./test-process.js";

const test = suite("support/test-process");
const uvu = import.meta.resolve("uvu");
const skip = new URL("./skip.js", import.meta.url).href;

/** Runs a file with this body, in which `test` is a suite, as the runner does. */
function runBody(body: string, timeoutMs = 20_000): Promise<TestProcessResult> {
  const folder = freshFolder();
  const head = `import { suite } from ${JSON.stringify(uvu)}; import { skip } from ${JSON.stringify(skip)}; const test = suite("s");`;
  writeFileSync(join(folder, "a.test.mjs"), `${head}\n${body}`);
  const options = { node: process.execPath, env: { ...process.env, FORCE_COLOR: "1" }, cwd: folder, timeoutMs };
  return runTestProcess(join(folder, "a.test.mjs"), options);
}

/** Body, passed, failed, problem. */
const ENDS: readonly (readonly [situation: string, body: string, passed: number, failed: number, problem: RegExp | undefined])[] = [
  ["all pass", `test("a", () => {}); test("b", () => {}); test.run();`, 2, 0, undefined],
  ["one fails", `test("a", () => {}); test("b", () => { throw new Error("no"); }); test.run();`, 1, 1, undefined],
  ["run is not called", `test("a", () => {});`, 0, 1, /does it call \.run\(\)/],
  ["a before hook throws", `test.before(() => { throw new Error("no"); }); test("a", () => {}); test("b", () => {}); test.run();`, 0, 2, /hook that threw/],
  ["a before hook throws after half", `let n = 0; test.before.each(() => { if (n++) throw new Error("no"); }); test("a", () => {}); test("b", () => {}); test.run();`, 1, 1, undefined],
  ["an after hook throws", `test.after(() => { throw new Error("no"); }); test("a", () => {}); test.run();`, 0, 1, /ended with 1/],
  ["an after.each hook throws", `test.after.each(() => { throw new Error("no"); }); test("a", () => {}); test.run();`, 0, 1, /hook that threw/],
  ["no test", `test.run();`, 0, 1, /holds no test/],
  ["the status is not 0", `test("a", () => {}); test.run(); process.on("exit", () => { process.exitCode = 3; });`, 1, 1, /ended with 3/],
  ["it exits in a test", `test("a", () => { process.exit(0); }); test.run();`, 0, 1, /printed no count and ended with 1/],
  ["a promise is rejected unheard", `test("a", () => { void Promise.reject(new Error("no")); }); test.run();`, 1, 1, /ended with 1/],
  ["it does not load", `import "./missing.mjs";`, 0, 1, /ended with 1/],
  ["a signal ends it", `test("a", () => { process.kill(process.pid, "SIGTERM"); return new Promise((go) => setTimeout(go, 9e3)); }); test.run();`, 0, 1, /ended by SIGTERM/],
  ["only is left in", `test("a", () => {}); test.only("b", () => {}); test.run();`, 1, 1, /without saying why/],
  ["skip gives no reason", `test("a", () => {}); test.skip("b", () => {}); test.run();`, 1, 1, /without saying why/],
  ["skip gives a reason", `test("a", () => {}); skip(test, "b", "since 15"); test.run();`, 1, 0, undefined],
];

for (const [situation, body, passed, failed, problem] of ENDS) {
  test(`${situation}: ${passed} passed, ${failed} failed`, async () => {
    const result = await runBody(body);
    assert.equal([result.passed, result.failed], [passed, failed], result.output);
    if (problem === undefined) assert.is(result.problem, undefined);
    else assert.match(result.problem ?? "", problem);
  });
}

test("a test left out is named with the reason", async () => {
  assert.equal((await runBody(`skip(test, "b", "since 15"); test.run();`)).skipped, ["b (since 15)"]);
});

test("a hang is ended, with all that it started, and what it said is kept", async () => {
  const pulse = join(freshFolder(), "pulse");
  const child = `setInterval(() => require("fs").writeFileSync(${JSON.stringify(pulse)}, String(Date.now())), 10)`;
  const result = await runBody(
    `import { spawn } from "node:child_process";
    test("a", async () => {
      console.log("before the hang");
      spawn(process.execPath, ["-e", ${JSON.stringify(child)}], { stdio: "inherit" });
      await new Promise(() => {});
    });
    test.run();`,
    1500,
  );
  assert.is(result.problem, "took too long and was ended");
  assert.match(result.output, "before the hang");
  const last = readFileSync(pulse, "utf8");
  await new Promise((go) => setTimeout(go, 200));
  assert.is(readFileSync(pulse, "utf8"), last);
});

test("npm test ends with the counts, and with status 1 when nothing ran or a test is not there", () => {
  const run = (...args: string[]) => {
    const runner = builtFile("support/test-process.test.ts").replace("test-process.test.js", "run.js");
    const { status, stdout } = spawnSync(process.execPath, [runner, ...args], { encoding: "utf8" });
    return { status, last: stdout.trimEnd().split("\n").at(-1) };
  };
  assert.equal(run("test/errors.test.ts"), { status: 0, last: "3 passed, 0 failed" });
  assert.equal(run("no such path"), { status: 1, last: "0 passed, 0 failed" });
});

test.run();
