import type { Config } from "../config/config.js";
import { readProject } from "./project.js";
import { lockingLedger, type MeetOptions } from "./with-ledger.js";

export interface EnsureResult {
  readonly database: { readonly url: string; readonly environment: string | null };
  readonly databaseId: string;
}

/** Makes the ledger where it is missing, and nothing else. */
export async function ensure(config: Config, options: MeetOptions = {}): Promise<EnsureResult> {
  return lockingLedger(await readProject(config), options, async ({ ledger, database }) => ({
    database: { url: database.address.url, environment: ledger.meta?.environment ?? null },
    databaseId: ledger.meta?.databaseId ?? "",
  }));
}
