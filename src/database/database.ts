import type { Knex } from "knex";
import type { Queryable } from "./queryable.js";

/** Where a connection leads, without its password. */
export interface Address {
  /** `postgres://user@host:port/name`, or `pglite:FOLDER`. */
  readonly url: string;
  readonly host: string;
  readonly name: string;
  readonly user: string;
  /** Embedded, on a loopback address, or on a socket. It says where, never what for: tunnels make production local. */
  readonly isLocal: boolean;
}

/** A connection of gmig's own. */
export interface Connection extends Queryable {
  /** The server process behind it. */
  readonly processId: number | null;
  /** Whether the server or the network has ended it. */
  readonly isLost: () => boolean;
  readonly close: () => Promise<void>;
}

/** A database that can be reached; the drivers are loaded when first used. */
export interface Database {
  readonly kind: "server" | "embedded";
  readonly address: Address;
  /** Opens a connection of its own; an embedded database has one backend, which all of them share. */
  readonly connect: () => Promise<Connection>;
  /** A Knex of the user's own making, with one connection, for bodies. Ends with `close`. */
  readonly knex: () => Promise<Knex>;
  readonly close: () => Promise<void>;
}
