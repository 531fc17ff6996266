import type { Client } from "pg";
import type { Address, Connection } from "./database.js";
import { connectionFailed } from "./database-error.js";

/**
 * Connects a client of the pg driver.
 *
 * @throws GmigError CONNECTION_FAILED.
 */
export async function openConnection(client: Client, address: Address): Promise<Connection> {
  let lost: unknown = null;
  // Without a listener, a server that goes away would end the process.
  client.on("error", (error) => {
    lost ??= error;
  });
  try {
    await client.connect();
  } catch (error) {
    // What failed half-way, a missing password for one, would hold its socket until the server gives up.
    void client.end().catch(() => undefined);
    throw connectionFailed(error, address);
  }
  let isClosed = false;
  return {
    processId: (client as unknown as { processID: number | null }).processID,
    isLost: () => lost !== null,
    async query<Row>(sql: string, values?: readonly unknown[]): Promise<readonly Row[]> {
      if (lost !== null) throw lost;
      const result: unknown = values === undefined ? await client.query(sql) : await client.query(sql, [...values]);
      const last: unknown = Array.isArray(result) ? result.at(-1) : result;
      return (last as { rows: readonly Row[] } | undefined)?.rows ?? [];
    },
    async close() {
      if (isClosed) return;
      isClosed = true;
      await client.end().catch(() => undefined);
    },
  };
}
