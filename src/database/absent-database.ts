import { GmigError } from "../errors.js";
import type { Database } from "./database.js";

/** Returns an embedded database that nobody has made yet, for commands that only look: it answers every query with nothing, and stays unmade. */
export function absentDatabase(folder: string): Database {
  return {
    kind: "embedded",
    address: { url: `pglite:${folder}`, host: folder, name: "postgres", user: "postgres", isLocal: true },
    connect: async () => ({ processId: null, isLost: () => false, query: async () => [], close: async () => undefined }),
    knex: async () => {
      throw new GmigError("INTERNAL", "A database that does not exist was asked to run something");
    },
    close: async () => undefined,
  };
}
