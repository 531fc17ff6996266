import { suite } from "uvu";
import * as assert from "uvu/assert";
import { command, GmigError } from "../src/errors.js";

const test = suite("errors");

test("the code decides the kind and the exit status", () => {
  assert.is(new GmigError("GRAPH_CYCLE", "…").exitStatus, 3);
  assert.is(new GmigError("CONFIG_INVALID", "…").exitStatus, 2);
  assert.is(new GmigError("STEP_FAILED", "…").exitStatus, 4);
  assert.is(new GmigError("INTERRUPTED", "…").exitStatus, 130);
  assert.is(new GmigError("INTERNAL", "…").exitStatus, 70);
});

test("the cause is kept and the data is frozen", () => {
  const cause = new Error("below");
  const error = new GmigError("STEP_FAILED", "above", { cause, data: { revision: "a" } });
  assert.is(error.cause, cause);
  assert.ok(Object.isFrozen(error.data));
});

test("a command to paste holds what is filled in as words, whatever they are", () => {
  assert.is(command`git merge ${"origin/main"} && gmig show ${"HEAD~3"}`, "git merge origin/main && gmig show HEAD~3");
  assert.is(command`rm ${"$(x) it's"} ${["a", "", "~b", "`c`"]}`, "rm '$(x) it'\\''s' a '~b' '`c`'");
  assert.is(command`gmig upgrade ${"a"}${""}`, "gmig upgrade a");
});

test.run();
