import { suite } from "uvu";
import * as assert from "uvu/assert";
import { upgrade } from "../../src/workflow/upgrade.js";
import { onEach } from "../support/each-database.js";
import { freshProject } from "../support/project.js";
import { thrown } from "../support/thrown.js";

const test = suite("runner/commit");

const LINE = `
  a
  b <- a
  c <- b`;

const DEFERRED = "create table p (id int primary key); create table q (id int references p deferrable initially deferred); insert into q values (1)";

for (const transaction of ["each", "all"] as const) {
  onEach(test, `what fails only as it is committed fails the step, and nothing follows (${transaction})`, async ({ url, rows }) => {
    const project = freshProject(url);
    project.revisions(LINE, { b: { up: DEFERRED } });
    const error = await thrown(upgrade(project.config(), "head", { transaction }));
    const last = transaction === "each" ? "b" : "c";
    assert.equal([error.code, error.data["sqlstate"], error.data["revision"]], ["STEP_FAILED", "23503", last]);
    assert.match(error.message, /insert or update on table "q" violates foreign key constraint/);
    assert.equal(await rows("select string_agg(revision, ' ') as applied from gmig_ledger"), [{ applied: transaction === "each" ? "a" : null }]);
    assert.equal(await rows("select count(*)::int as left from pg_class where relname in ('q', 'c')"), [{ left: 0 }]);
    assert.equal(await rows("select revision, outcome from gmig_log where outcome = 'failed'"), [{ revision: last, outcome: "failed" }]);
  });
}

test.run();
