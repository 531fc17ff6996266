import { queryFailed } from "../database/database-error.js";
import { countLosses, findGone, type Gone, type Holding, type Loss, readHoldings } from "../database/holdings.js";
import type { StepTransaction } from "../database/step-session.js";
import { GmigError } from "../errors.js";
import type { RunOptions } from "./run-options.js";

/** Thrown inside a transaction to roll it back; never leaves this folder. */
class RowsWouldGo extends Error {
  readonly gone: readonly Gone[];

  constructor(gone: readonly Gone[]) {
    super("rows would go");
    this.gone = gone;
  }
}

/** Watches a transaction for tables and columns that held rows and are gone before it is committed. */
export interface DataGuard {
  readonly check: (transaction: Pick<StepTransaction, "query">) => Promise<void>;
}

function key({ table, column }: Gone): string {
  return `${table.oid} ${column?.number ?? ""}`;
}

function guard(before: readonly Holding[], harmless: ReadonlySet<string>): DataGuard {
  return {
    async check(transaction) {
      const gone = await findGone(before, { query: async (sql) => (await transaction.query(sql)) as never });
      const lost = gone.filter((one) => !harmless.has(key(one)));
      if (lost.length > 0) throw new RowsWouldGo(lost);
    },
  };
}

function dataLoss(losses: readonly Loss[], state: string): GmigError {
  const list = losses.map(({ kind, object, rows }) => `${kind} ${object} (${rows} ${kind === "table" ? (rows === 1 ? "row" : "rows") : rows === 1 ? "value" : "values"})`);
  return new GmigError("DATA_LOSS", `This would delete data: ${list.join(", ")}. ${state}. (What DELETE, UPDATE and TRUNCATE in bodies take away is not looked for.)`, {
    hint: "--allow-data-loss",
    data: { losses },
  });
}

/**
 * Runs what is given with a guard. When it would make tables or columns go that held rows, it has rolled back: then what they hold is counted, and
 * refused, saying in what state the database is then; columns that hold nothing but nulls are let go by running it again.
 *
 * @throws GmigError DATA_LOSS.
 */
export async function withDataGuard<Result>(options: RunOptions, state: string, run: (guard: DataGuard) => Promise<Result>): Promise<Result> {
  const { lock, database, lockTimeout } = options;
  const look = async <Seen>(seen: Promise<Seen>): Promise<Seen> =>
    seen.catch((error: unknown) => {
      const { code, message, data } = queryFailed(error, database.address, "looking which tables hold rows");
      throw new GmigError(code, message, { hint: "--allow-data-loss", data, cause: error });
    });
  const before = await look(readHoldings(lock, lockTimeout));
  try {
    return await run(guard(before, new Set()));
  } catch (error) {
    if (!(error instanceof RowsWouldGo)) throw error;
    const losses = await look(countLosses(error.gone, lock));
    if (losses.length > 0) throw dataLoss(losses, state);
    return run(guard(before, new Set(error.gone.map(key))));
  }
}

export function isRollback(error: unknown): boolean {
  return error instanceof RowsWouldGo;
}
