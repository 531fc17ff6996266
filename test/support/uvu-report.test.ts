import { suite } from "uvu";
import * as assert from "uvu/assert";
import { add, NOTHING, summary } from "./run-tests.js";
import { readUvuReport } from "./uvu-report.js";

const test = suite("support/uvu-report");
const well = { status: 0, signal: null, timedOut: false };
const report = (total: number, passed: number) => `\u001B[32m\n  Total:     ${total}\u001B[39m\n  Passed:    ${passed}\n  Skipped:   0\n`;

test("colours don't matter, nor does what the tests print", () => {
  const output = `Total: 9\nskipped without a reason\n${report(2, 2)}`;
  assert.equal(readUvuReport(output, well), { passed: 2, failed: 0, skipped: [], problem: undefined });
});

test("a file that reports twice fails", () => {
  assert.is(readUvuReport(report(2, 2) + report(2, 2), well).problem, "printed several counts");
});

test("a file that was ended fails even after its report", () => {
  assert.is(readUvuReport(report(2, 2), { status: null, signal: "SIGKILL", timedOut: true }).failed, 1);
});

test("parts add up to the last line", () => {
  const tally = add({ passed: 3, failed: 1, skipped: ["a (b)"] }, NOTHING, { passed: 4, failed: 2, skipped: [] });
  assert.equal(tally, { passed: 7, failed: 3, skipped: ["a (b)"] });
  assert.is(summary(tally), "7 passed, 3 failed");
});

test.run();
