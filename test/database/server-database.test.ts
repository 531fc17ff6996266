import { once } from "node:events";
import { createServer, type Socket } from "node:net";
import { suite } from "uvu";
import * as assert from "uvu/assert";
import { openDatabase } from "../../src/database/open-database.js";
import { readSource } from "../../src/database/source.js";
import type { GmigError } from "../../src/errors.js";
import { freshDatabase } from "../support/postgres.js";
import { thrown } from "../support/thrown.js";

const test = suite("database/server-database");

const ROOT = process.cwd();

async function addressOf(value: Parameters<typeof readSource>[0]): Promise<readonly unknown[]> {
  const database = await openDatabase(readSource(value, ROOT), { root: ROOT });
  const { url, host, name, user, isLocal } = database.address;
  await database.close();
  return [url, host, name, user, isLocal];
}

async function refused(value: Parameters<typeof readSource>[0], connectTimeout = 3000): Promise<GmigError> {
  const error = await thrown(async () => {
    const database = await openDatabase(readSource(value, ROOT), { root: ROOT, connectTimeout });
    try {
      await database.connect();
    } finally {
      await database.close();
    }
  });
  assert.equal([error.code, error.exitStatus], ["CONNECTION_FAILED", 4]);
  assert.not.match(`${error.message} ${error.stack ?? ""} ${JSON.stringify(error.data)} ${String(error.cause)} ${JSON.stringify(error.cause)}`, /sekret/);
  return error;
}

/** A server that does with each connection what it is told. */
async function listen(answer: (socket: Socket) => void): Promise<{ readonly port: number; readonly close: () => void }> {
  const sockets: Socket[] = [];
  const server = createServer((socket) => {
    socket.on("error", () => undefined);
    sockets.push(socket);
    answer(socket);
  }).listen(0, "127.0.0.1");
  await once(server, "listening");
  const address = server.address();
  // An open socket would keep this process alive.
  const close = (): void => {
    for (const socket of sockets) socket.destroy();
    server.close();
  };
  return { close, port: typeof address === "object" && address !== null ? address.port : 0 };
}

test("an address says where it leads, without the password", async () => {
  const addresses: readonly (readonly [Parameters<typeof readSource>[0], readonly unknown[]])[] = [
    ["postgres://me:sekret@db.example.org:5433/shop", ["postgres://me@db.example.org:5433/shop", "db.example.org:5433", "shop", "me", false]],
    ["postgres://me:sekret@localhost/shop", ["postgres://me@localhost:5432/shop", "localhost:5432", "shop", "me", true]],
    ["postgres://me@[::1]/shop", ["postgres://me@[::1]:5432/shop", "[::1]:5432", "shop", "me", true]],
    ["postgres://me@127.0.0.1.example.org/x", ["postgres://me@127.0.0.1.example.org:5432/x", "127.0.0.1.example.org:5432", "x", "me", false]],
    ["postgres://me:sekret@/sh%20op?host=/run/pg&password=sekret", ["postgres://me@/sh%20op?host=/run/pg&port=5432", "/run/pg/.s.PGSQL.5432", "sh op", "me", true]],
    [{ client: "pg", connection: { host: "h", user: "o'x", password: "sekret", database: "d", port: 1 } }, ["postgres://o'x@h:1/d", "h:1", "d", "o'x", false]],
    [{ client: "pg", connection: async () => ({ connectionString: "postgres://me:sekret@h/d" }) }, ["postgres://me@h:5432/d", "h:5432", "d", "me", false]],
  ];
  for (const [value, expected] of addresses) assert.equal(await addressOf(value), expected);
});

test("an address that cannot be read is told without it", async () => {
  for (const url of ["postgres://u:sekret@h:99999/d", "postgres://u:sek#ret@h/d"]) {
    const error = await thrown(addressOf(url));
    assert.equal([error.code, error.exitStatus, error.hint], ["CONFIG_INVALID", 2, "postgres://user:password@host:5432/name"]);
    assert.not.match(`${error.message} ${error.stack ?? ""} ${String(error.cause)}`, /sekret|sek#ret/);
  }
});

test("a function for the connection that throws is told", async () => {
  const connection = (): never => {
    throw new Error("no token");
  };
  const error = await thrown(addressOf({ client: "pg", connection }));
  assert.equal([error.code, error.message], ["CONFIG_INVALID", 'The function "connection" of the Knex configuration threw: no token']);
});

test("nobody there", async () => {
  const error = await refused("postgres://u:sekret@127.0.0.1:1/d");
  assert.equal([error.message, error.data["url"]], ["Nothing answers at 127.0.0.1:1: is the server running?", "postgres://u@127.0.0.1:1/d"]);
  assert.is((await refused("postgres://u:sekret@/d?host=/nowhere")).message, "There is no server behind the socket /nowhere/.s.PGSQL.5432");
});

test("a host that does not exist", async () => {
  assert.is((await refused("postgres://u:sekret@no-such-host.invalid/d")).message, "The host no-such-host.invalid:5432 is not known");
});

test("a wrong password, an unknown user, a missing database", async () => {
  const { url } = await freshDatabase({ tcp: true });
  const { port } = new URL(url);
  const wrong = new URL(url);
  wrong.password = "sekret";
  assert.is((await refused(wrong.href)).message, `The server at 127.0.0.1:${port} refused the password of gmig`);
  const unknown = new URL(url);
  unknown.username = "nobody-of-this-name";
  assert.match((await refused(unknown.href)).message, /refused the password of nobody-of-this-name$/);
  const missing = new URL(url);
  missing.pathname = "no such";
  const error = await refused(missing.href);
  assert.equal([error.message, error.data["sqlstate"]], [`The server at 127.0.0.1:${port} has no database no such`, "3D000"]);
  assert.is(error.hint, `createdb -h 127.0.0.1 -p ${port} -U gmig 'no such'`);
  const onSocket = new URL((await freshDatabase()).url);
  onSocket.pathname = "missing";
  assert.is((await refused(onSocket.href)).hint, `createdb -h ${onSocket.searchParams.get("host") ?? ""} -p ${port} -U gmig missing`);
  const none = new URL(url);
  none.password = "";
  assert.match((await refused(none.href)).message, /The database postgres:\/\/gmig@127\.0\.0\.1:\d+\/gmig_\w+ cannot be reached: .*password/);
});

test("a server that never answers, one that hangs up, one that is no PostgreSQL", async () => {
  const silent = await listen(() => undefined);
  const rude = await listen((socket) => socket.destroy());
  const web = await listen((socket) => socket.end("HTTP/1.1 400 Bad Request\r\n\r\n"));
  try {
    const started = performance.now();
    assert.is((await refused(`postgres://u:sekret@127.0.0.1:${silent.port}/d`, 300)).message, `The server at 127.0.0.1:${silent.port} does not answer`);
    assert.ok(performance.now() - started < 2000);
    assert.match((await refused(`postgres://u:sekret@127.0.0.1:${rude.port}/d`)).message, /cannot be reached: /);
    assert.match((await refused(`postgres://u:sekret@127.0.0.1:${web.port}/d`, 1000)).message, /cannot be reached|does not answer/);
  } finally {
    for (const { close } of [silent, rude, web]) close();
  }
});

test("a connection that fails leaves no socket open", async () => {
  const { url } = await freshDatabase({ tcp: true });
  const none = new URL(url);
  none.password = "";
  await refused(none.href);
  await new Promise((resolve) => setTimeout(resolve, 50));
  assert.not(process.getActiveResourcesInfo().includes("TCPSocketWrap"));
});

test("TLS that the server does not have is told", async () => {
  const { url } = await freshDatabase({ tcp: true });
  assert.match((await refused(`${url}?sslmode=require`)).message, /cannot be reached: The server does not support SSL connections$/);
});

test.run();
