import type { Database } from "./database.js";

/** A database at rest, which any number of copies can be made of. */
export interface Frozen {
  readonly name: string;
}

/** A place for databases of no importance, to try things on. */
export interface Scratch {
  /** Where it is, for messages. */
  readonly place: string;
  /** Makes an empty database. */
  readonly create: () => Promise<Database>;
  /** Closes a database and keeps its state. */
  readonly freeze: (database: Database) => Promise<Frozen>;
  /** Makes a database in a state that was kept. */
  readonly thaw: (frozen: Frozen) => Promise<Database>;
  /** Removes everything that was made. */
  readonly close: () => Promise<void>;
}
