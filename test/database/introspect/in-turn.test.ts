import { suite } from "uvu";
import * as assert from "uvu/assert";
import type { Queryable } from "../../../src/database/queryable.js";
import { inTurn } from "../../../src/database/introspect/in-turn.js";

const test = suite("database/introspect/in-turn");

/** A session that notes when queries begin and end, and refuses to be asked while it is busy, as pg will. */
function notingSession(fails: string): { readonly session: Queryable; readonly noted: string[] } {
  const noted: string[] = [];
  let isBusy = false;
  const session: Queryable = {
    async query<Row>(sql: string): Promise<readonly Row[]> {
      assert.not(isBusy, `${sql} came while another one ran`);
      isBusy = true;
      noted.push(`begin ${sql}`);
      await new Promise((resolve) => {
        setTimeout(resolve, 2);
      });
      isBusy = false;
      if (sql === fails) throw new Error(`${sql} failed`);
      noted.push(`end ${sql}`);
      return [sql as Row];
    },
  };
  return { session, noted };
}

test("each query is sent when the one before has ended, and before its rows are looked at", async () => {
  const { session, noted } = notingSession("none");
  const queries = inTurn(session);
  const look = async (sql: string): Promise<void> => {
    const rows = await queries.query<string>(sql);
    noted.push(`look ${rows.join()}`);
  };
  await Promise.all([look("a"), look("b"), look("c")]);
  assert.equal(noted, ["begin a", "end a", "begin b", "look a", "end b", "begin c", "look b", "end c", "look c"]);
});

test("after one that fails none is sent, and all fail with it", async () => {
  const { session, noted } = notingSession("b");
  const queries = inTurn(session);
  const results = await Promise.allSettled(["a", "b", "c"].map(async (sql) => queries.query(sql)));
  assert.equal(results.map((result) => (result.status === "rejected" ? (result.reason as Error).message : "fine")), ["fine", "b failed", "b failed"]);
  assert.equal(noted, ["begin a", "end a", "begin b"]);
});

test.run();
