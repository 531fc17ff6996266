import { setTimeout as sleep } from "node:timers/promises";
import { suite } from "uvu";
import * as assert from "uvu/assert";
import { catalogueDigest } from "../../../src/database/introspect/catalogue-digest.js";
import { readSchema } from "../../../src/database/introspect/read-schema.js";
import { inReadingSnapshot } from "../../../src/database/introspect/reading-settings.js";
import type { Queryable } from "../../../src/database/queryable.js";
import { connect, freshDatabase, serverMajor } from "../../support/postgres.js";

const test = suite("introspect/catalogue-digest");

const plain = (sql: string): string => sql.replaceAll(/\s+/g, " ").trim();

async function digest(session: Queryable): Promise<string> {
  return inReadingSnapshot(session, ["public"], async (version) => catalogueDigest(session, ["public"], version));
}

test("it is made of every query that the schema is read with", async () => {
  const connection = await connect((await freshDatabase()).url);
  const sent: string[] = [];
  const session: Queryable = {
    async query<Row>(sql: string, values?: readonly unknown[]) {
      sent.push(plain(sql));
      return connection.query<Row>(sql, values);
    },
  };
  await readSchema(session, { schemas: ["public"] });
  const read = sent.splice(0).filter((sql) => !sql.startsWith("select s.name, current_setting"));
  await digest(session);
  const [made] = sent.filter((sql) => sql.includes("sha256"));
  await connection.close();
  assert.is(read.length, 9);
  assert.equal(read.filter((sql) => made?.includes(sql) !== true), []);
});

const CHANGES: readonly string[] = [
  "create table other (id int)",
  "alter table t add column b text",
  "alter table t alter a set default 7",
  "alter table t alter a drop default",
  "alter table t alter a set not null",
  "alter table t alter a type bigint",
  "comment on column t.a is 'a'",
  "comment on table t is 'x,y'",
  "alter table t add constraint positive check (a > 0)",
  "alter table t drop constraint positive",
  "create index on t (a)",
  "create type mood as enum ('sad', 'ok')",
  "alter type mood add value 'happy'",
  "create view v as select a from t",
  "create or replace view v as select a from t where a > 1",
  "create function one() returns int language sql as 'select 1'",
  "create or replace function one() returns int language sql as 'select 2'",
  "create policy p on t using (a > 0)",
  "grant select on t to public",
];

test("it differs after each change, and not without one", async () => {
  const connection = await connect((await freshDatabase()).url);
  await connection.query("create table t (a int)");
  const digests = [await digest(connection)];
  assert.is(await digest(connection), digests[0]);
  for (const change of CHANGES) {
    await connection.query(change);
    digests.push(await digest(connection));
    assert.is.not(digests.at(-1), digests.at(-2), change);
  }
  assert.is(digests[4], digests[2], "what was taken back leaves no trace");
  await connection.query("insert into t (a) values (5); analyze t; create temporary table x (id int)");
  assert.is(await digest(connection), digests.at(-1), "rows and temporary tables are not its matter");
  await connection.close();
});

test("a snapshot reads what was there when it began, under settings that end with it", async () => {
  const { url } = await freshDatabase();
  const [reader, writer] = [await connect(url), await connect(url)];
  await reader.query("set DateStyle = 'German'; create table t (a int)");
  const before = await digest(reader);
  await inReadingSnapshot(reader, ["public"], async (version) => {
    assert.is(Math.floor(version / 10_000), await serverMajor());
    assert.is(await catalogueDigest(reader, ["public"], version), before);
    await writer.query("alter table t add column b text");
    assert.is(await catalogueDigest(reader, ["public"], version), before);
    assert.equal(await reader.query("show DateStyle"), [{ DateStyle: "ISO, MDY" }]);
  });
  assert.equal(await reader.query("show DateStyle"), [{ DateStyle: "German, DMY" }]);
  assert.is.not(await digest(reader), before);
  await Promise.all([reader.close(), writer.close()]);
});

test("a snapshot waits as long as need be, whatever the session's own limits", async () => {
  const session = await connect((await freshDatabase()).url);
  await session.query("set idle_in_transaction_session_timeout = 50");
  if ((await serverMajor()) >= 17) await session.query("set transaction_timeout = 50");
  await inReadingSnapshot(session, ["public"], async () => sleep(150));
  assert.equal(await session.query("show idle_in_transaction_session_timeout"), [{ idle_in_transaction_session_timeout: "50ms" }]);
  await session.close();
});

test.run();
