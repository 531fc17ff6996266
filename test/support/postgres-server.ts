import { execFile, spawn } from "node:child_process";
import { once } from "node:events";
import { readFileSync } from "node:fs";
import { chown, mkdtemp } from "node:fs/promises";
import { createServer } from "node:net";
import { join } from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import { promisify } from "node:util";
import { PASSWORD, postgresBinaries, serverOwner, SUPERUSER } from "./postgres-binaries.js";
import { temporaryRoot } from "./temporary-root.js";

const run = promisify(execFile);

/** Durability is worth nothing here; autovacuum would only make times and statistics vary. */
const SETTINGS = {
  listen_addresses: "127.0.0.1",
  max_connections: "200",
  fsync: "off",
  full_page_writes: "off",
  synchronous_commit: "off",
  wal_level: "minimal",
  max_wal_senders: "0",
  autovacuum: "off",
  jit: "off",
  log_min_messages: "fatal",
  dynamic_shared_memory_type: "mmap", // in the data folder, so that it goes with it
};

/** The server lives until its standard input ends, which it does however this process goes, kill -9 included. */
const KEEPER = `
folder=$1 program=$2; shift 2
"$program" -D "$folder/data" "$@" >"$folder/log" 2>&1 </dev/null &
cat >/dev/null
kill -QUIT $! 2>/dev/null
wait
cd / && rm -rf "$folder"`;

export interface TestServer {
  /** The superuser's database, over the socket that the parameter `host` names; without that parameter, over loopback TCP. */
  readonly url: string;
  /** Resolves when the server has ended and its folder is gone. */
  stop(): Promise<void>;
}

/** Starts PostgreSQL of this major on a data folder of its own. It ends with this process, or by `stop`. */
export async function startServer(major: number): Promise<TestServer> {
  const { program, data } = await postgresBinaries(major);
  const owner = serverOwner();
  const folder = await mkdtemp(join(temporaryRoot(), "gmig-pg-"));
  await run("cp", ["-a", data, join(folder, "data")]);
  if (owner.uid !== undefined && owner.gid !== undefined) await chown(folder, owner.uid, owner.gid);
  const port = await freePort();
  const settings = Object.entries(SETTINGS).flatMap(([name, value]) => ["-c", `${name}=${value}`]);
  const keeper = spawn("sh", ["-c", KEEPER, "sh", folder, program, "-k", folder, "-p", String(port), ...settings], {
    ...owner,
    cwd: folder,
    env: { PATH: process.env["PATH"], TZ: "UTC" },
    stdio: ["pipe", "ignore", "ignore"],
    detached: true, // else a Ctrl-C in the terminal would reach it before us
  });
  keeper.unref();
  const ended = once(keeper, "exit");
  const stop = async () => {
    keeper.ref();
    keeper.stdin.end();
    await ended;
  };
  try {
    await ready(folder);
  } catch (cause) {
    await stop();
    throw cause;
  }
  const host = encodeURIComponent(folder);
  return { url: `postgres://${SUPERUSER}:${PASSWORD}@127.0.0.1:${port}/postgres?host=${host}`, stop };
}

async function ready(folder: string): Promise<void> {
  for (const deadline = Date.now() + 30_000; Date.now() < deadline; await sleep(5)) {
    // The eighth line of postmaster.pid is the server's state.
    if (text(join(folder, "data/postmaster.pid")).split("\n")[7]?.trim() === "ready") return;
    if (text(join(folder, "log")).includes("FATAL")) break;
  }
  throw new Error(`PostgreSQL did not start: ${text(join(folder, "log"))}`);
}

function text(path: string): string {
  try {
    return readFileSync(path, "utf8");
  } catch {
    return "";
  }
}

async function freePort(): Promise<number> {
  const server = createServer().listen(0, "127.0.0.1");
  await once(server, "listening");
  const address = server.address();
  server.close();
  await once(server, "close");
  if (address === null || typeof address === "string") throw new Error("no free port");
  return address.port;
}
