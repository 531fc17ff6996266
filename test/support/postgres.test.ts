import { execFileSync, spawn } from "node:child_process";
import { once } from "node:events";
import { existsSync } from "node:fs";
import { fileURLToPath } from "node:url";
import { suite } from "uvu";
import * as assert from "uvu/assert";
import { connect, freshDatabase, query, serverMajor, startServer } from "./postgres.js";

const test = suite("support/postgres");
const postgres = new URL("./postgres.js", import.meta.url).href;

test("two fresh databases see nothing of each other, and nothing is left in template0", async () => {
  const [a, b] = await Promise.all([freshDatabase(), freshDatabase()]);
  await query(a.url, "create table only_here (id int)");
  const tables = "select tablename from pg_tables where schemaname = 'public'";
  assert.equal(await query(a.url, tables), [{ tablename: "only_here" }]);
  assert.equal(await query(b.url, tables), []);
  await a.drop();
  assert.equal(await query((await freshDatabase()).url, tables), []);
});

test("a dropped database is gone, whoever is connected", async () => {
  const database = await freshDatabase();
  const connection = await connect(database.url);
  await database.drop();
  try {
    await query(database.url, "select 1");
    assert.unreachable();
  } catch (error) {
    assert.is((error as { code?: string }).code, "3D000");
  }
  await connection.close();
});

test("over TCP the URL has a host and a password that is checked", async () => {
  const { url } = await freshDatabase({ tcp: true });
  const parsed = new URL(url);
  assert.is(parsed.hostname, "127.0.0.1");
  assert.is(parsed.search, "");
  assert.equal(await query(url, "select 1 as one"), [{ one: 1 }]);
  parsed.password = "wrong";
  try {
    await query(parsed.href, "select 1");
    assert.unreachable();
  } catch (error) {
    assert.is((error as { code?: string }).code, "28P01");
  }
});

test("what a test did not drop is dropped when its process ends", async () => {
  const server = await startServer(await serverMajor());
  const { env } = withoutServer("utf8");
  const script = `import { freshDatabase } from ${JSON.stringify(postgres)}; await freshDatabase(); await freshDatabase();`;
  execFileSync(process.execPath, ["--input-type=module", "-e", script], {
    env: { ...env, GMIG_TEST_DATABASE_URL: server.url },
  });
  assert.equal(await query(server.url, "select datname from pg_database where datname ~ 'gmig_'"), []);
  await server.stop();
});

test("query takes values, and of several statements returns the last one's rows", async () => {
  const { url } = await freshDatabase();
  assert.equal(await query(url, "select $1::int + 1 as n", [41]), [{ n: 42 }]);
  assert.equal(await query(url, "create table t (n int); insert into t values (7); select n from t"), [{ n: 7 }]);
});

test("the major is the server's own", async () => {
  const [row] = await query<{ server_version: string }>((await freshDatabase()).url, "show server_version");
  assert.is(await serverMajor(), Number.parseInt(row?.server_version ?? "", 10));
});

test("a server that was stopped leaves no folder", async () => {
  const server = await startServer(await serverMajor());
  const folder = new URL(server.url).searchParams.get("host") ?? "";
  assert.ok(existsSync(folder));
  await server.stop();
  assert.not(existsSync(folder));
});

test("a file that starts its own server ends by itself, and the server and its folder with it", async () => {
  const folder = execFileSync(process.execPath, ["--input-type=module", "-e", ownServer("")], withoutServer("utf8")).trim();
  assert.ok(await goneSoon(folder));
});

test("the server ends with a process that is killed or throws", async () => {
  for (const end of ["process.kill(process.pid, 'SIGKILL')", "process.kill(process.pid, 'SIGINT')", "throw new Error()"]) {
    const child = spawn(process.execPath, ["--input-type=module", "-e", ownServer(end)], {
      ...withoutServer("utf8"),
      stdio: ["ignore", "pipe", "ignore"],
    });
    let output = "";
    child.stdout.on("data", (chunk: Buffer) => (output += chunk.toString()));
    await once(child, "close");
    assert.ok(output.startsWith("/"), output);
    assert.ok(await goneSoon(output.trim()), end);
  }
});

function ownServer(end: string): string {
  return `import { freshDatabase } from ${JSON.stringify(postgres)};
    const { url } = await freshDatabase();
    process.stdout.write(new URL(url).searchParams.get("host") + "\\n", () => { ${end} });`;
}

function withoutServer<Encoding>(encoding: Encoding) {
  const { GMIG_TEST_SERVER: _, GMIG_TEST_DATABASE_URL: __, ...env } = process.env;
  return { env, encoding, cwd: fileURLToPath(new URL(".", import.meta.url)) };
}

async function goneSoon(folder: string): Promise<boolean> {
  for (let tries = 0; existsSync(folder) && tries < 500; tries++) await new Promise((go) => setTimeout(go, 10));
  return !existsSync(folder);
}

test.run();
