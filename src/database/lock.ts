import { setTimeout as sleep } from "node:timers/promises";
import { GmigError } from "../errors.js";
import type { Connection, Database } from "./database.js";
import { queryFailed } from "./database-error.js";
import { quoteLiteral } from "./ledger-tables.js";

/** Says that these locks are gmig's: the letters `gmig` as a number. */
const LOCK_CLASS = 0x676d6967;
const FIRST_POLL_MILLISECONDS = 50;
const SLOWEST_POLL_MILLISECONDS = 1000;

export interface LockOptions {
  /** The ledger's schema: what the lock is on, within the database. */
  readonly schema: string;
  readonly waitMilliseconds: number;
  /** Called once, when another gmig has the lock. */
  readonly onWait?: ((holder: string) => void) | undefined;
  readonly signal?: AbortSignal | undefined;
}

interface Holder {
  readonly pid: number;
  readonly application: string;
  readonly address: string | null;
}

async function findHolder(connection: Connection, key: string): Promise<string> {
  const [holder] = await connection.query<Holder>(
    `select l.pid, a.application_name as application, host(a.client_addr) as address
     from pg_locks l join pg_stat_activity a on a.pid = l.pid
     where l.locktype = 'advisory' and l.classid = ${LOCK_CLASS} and l.objid = (${key})::bigint & 4294967295 and l.granted
       and l.database = (select oid from pg_database where datname = current_database())`,
  );
  if (holder === undefined) return "another gmig";
  return `${holder.application === "" ? "another program" : holder.application} (server process ${holder.pid}${holder.address === null ? "" : `, from ${holder.address}`})`;
}

/** A session lock that a pooler hands to somebody else's session would be held by nobody and released by nobody. */
function poolerFound(): GmigError {
  return new GmigError("CONNECTION_FAILED", "This address leads through a transaction pooler (such as PgBouncer), over which a lock does not hold", {
    hint: "give the server's own address, or a session pool, as --database",
  });
}

/** Whether the session that got the lock is still the one that is spoken to. Its idleness while a step runs must not end it. */
async function isHeld(connection: Connection, processId: number): Promise<boolean> {
  const [row] = await connection.query<{ pid: number; held: boolean }>(
    `set idle_session_timeout = 0;
     select pg_backend_pid() as pid, exists (select 1 from pg_locks where locktype = 'advisory' and pid = pg_backend_pid() and classid = ${LOCK_CLASS} and granted) as held`,
  );
  return row?.pid === processId && row.held;
}

/** Gives a lock back that one of a pooler's sessions has: sooner or later that one is spoken to. */
async function giveBack(connection: Connection, key: string): Promise<void> {
  for (let attempt = 0; attempt < 50; attempt++) {
    const [row] = await connection.query<{ released: boolean }>(`select pg_advisory_unlock(${LOCK_CLASS}, ${key}) as released`);
    if (row?.released === true) return;
  }
}

/**
 * Takes gmig's lock on a database and holds it on a connection of its own, which is returned; closing it releases the lock. Polls
 * with `pg_try_advisory_lock`: a waiting lock would hold a virtual transaction, for which another's CREATE INDEX CONCURRENTLY waits in turn.
 * An embedded database is locked as a whole when it is opened.
 *
 * @throws GmigError LOCK_HELD, CONNECTION_FAILED, INTERRUPTED.
 */
export async function takeLock(database: Database, options: LockOptions): Promise<Connection> {
  const connection = await database.connect();
  if (database.kind === "embedded") return connection;
  try {
    return await waitForLock(connection, database, options);
  } catch (error) {
    await connection.close();
    throw queryFailed(error, database.address, "taking the lock");
  }
}

async function waitForLock(connection: Connection, database: Database, options: LockOptions): Promise<Connection> {
  const [session] = await connection.query<{ pid: number }>("select pg_backend_pid() as pid");
  const key = `hashtext(${quoteLiteral(`gmig ${options.schema}`)})`;
  const end = performance.now() + options.waitMilliseconds;
  let poll = FIRST_POLL_MILLISECONDS;
  let isWaiting = false;
  for (;;) {
    const [row] = await connection.query<{ got: boolean; pid: number }>(`select pg_try_advisory_lock(${LOCK_CLASS}, ${key}) as got, pg_backend_pid() as pid`);
    if (row?.got === true) {
      if (row.pid === session?.pid && (await isHeld(connection, row.pid))) return connection;
      await giveBack(connection, key);
    }
    if (row?.got === true || row?.pid !== session?.pid) throw poolerFound();
    if (!isWaiting || performance.now() > end) {
      const holder = await findHolder(connection, key);
      if (performance.now() > end) {
        throw new GmigError("LOCK_HELD", `Another gmig is at work on ${database.address.url}: ${holder}`, { hint: "gmig status", data: { holder } });
      }
      options.onWait?.(holder);
      isWaiting = true;
    }
    if (options.signal?.aborted === true) {
      throw new GmigError("INTERRUPTED", "Interrupted while waiting for the lock; nothing was done");
    }
    // The spread keeps several waiting processes from asking in step.
    await sleep(poll * (0.5 + Math.random()));
    poll = Math.min(poll * 2, SLOWEST_POLL_MILLISECONDS);
  }
}
