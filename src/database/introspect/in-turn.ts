import type { Queryable } from "../queryable.js";

/**
 * A session whose queries may be asked for all at once: each is sent as soon as the one before has ended, so that the server goes on while rows are
 * read here. After the first that fails none is sent, and all fail with it.
 */
export function inTurn(session: Queryable): Queryable {
  let last: Promise<unknown> = Promise.resolve();
  return {
    async query<Row>(sql: string, values?: readonly unknown[]): Promise<readonly Row[]> {
      const sent = last.then(async () => session.query<Row>(sql, values));
      last = sent;
      const rows = await sent;
      // The next one goes out before anybody looks at these rows.
      await new Promise((resolve) => {
        setImmediate(resolve);
      });
      return rows;
    },
  };
}
