import type { Config } from "../config/config.js";
import type { Environment } from "../config/user-config.js";
import type { Address } from "../database/database.js";
import { ledgerTables } from "../database/ledger-tables.js";
import { writeEnvironment } from "../database/ledger-meta.js";
import { insertLogSql } from "../database/write-ledger.js";
import { GmigError } from "../errors.js";
import { actorOf } from "./actor.js";
import { readProject } from "./project.js";
import { lockingLedger, type MeetOptions } from "./with-ledger.js";

export interface MarkOptions extends MeetOptions {
  /** Answers whether this database really is what it is about to be marked as; without it, marking is refused. */
  readonly confirm?: ((address: Address, before: string | null) => boolean | Promise<boolean>) | undefined;
}

export interface MarkResult {
  readonly database: { readonly url: string; readonly environment: Environment };
  readonly before: string | null;
}

/**
 * Marks what a database is for.
 *
 * @throws GmigError QUESTIONS_OPEN when nobody confirmed.
 */
export async function mark(config: Config, environment: Environment, options: MarkOptions = {}): Promise<MarkResult> {
  return lockingLedger(await readProject(config), options, async ({ ledger, database, connection, git }) => {
    const before = ledger.meta?.environment ?? null;
    const result = { database: { url: database.address.url, environment }, before };
    if (before === environment) return result;
    if ((await options.confirm?.(database.address, before)) !== true) {
      throw new GmigError("QUESTIONS_OPEN", `${database.address.url} is marked as ${before ?? "nothing, which counts as production"}; marking it as ${environment} needs a yes`, {
        hint: `gmig mark ${environment} --yes`,
        data: { url: database.address.url, before, environment },
      });
    }
    const tables = ledgerTables(config.ledgerSchema);
    const entry = { action: "mark", revision: null, outcome: "done", message: `${before ?? "unset"} to ${environment}`, durationMs: 0 } as const;
    await writeEnvironment(connection, tables, environment);
    await connection.query(insertLogSql(tables, entry, actorOf(git)));
    return result;
  });
}
