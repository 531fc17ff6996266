import type { Knex } from "knex";
import { type ImportPackage, importPeer } from "./user-package.js";

/** A body that waits for a second connection waits for itself; Knex then says so instead of hanging for a minute. */
const ACQUIRE_MILLISECONDS = 10_000;

/** Knex prints a connection that failed, stack and all, before it throws it; that is told once. */
function quietLog(log: Knex.Logger | undefined): Knex.Logger {
  return {
    ...log,
    warn(message: unknown) {
      if (typeof message === "string" && message.startsWith("Acquire connection error")) return;
      // eslint-disable-next-line no-console -- where Knex itself would print it
      if (log?.warn === undefined) console.warn(message);
      else log.warn(message);
    },
  };
}

/**
 * Makes the user's own Knex with a single connection, so that everything a step does goes over the one that gmig watches. Values are kept out of
 * error texts.
 */
export async function createKnex(importPackage: ImportPackage, config: Knex.Config): Promise<Knex> {
  const module: unknown = await importPeer(importPackage, "knex");
  const make = (typeof module === "function" ? module : (module as { knex: unknown }).knex) as (config: Knex.Config) => Knex;
  return make({ ...config, compileSqlOnError: false, log: quietLog(config.log), pool: { ...config.pool, min: 0, max: 1 }, acquireConnectionTimeout: ACQUIRE_MILLISECONDS });
}
