import { resolve } from "node:path";
import type { Knex } from "knex";
import { GmigError } from "../errors.js";

/** Where a database is: a server, with what Knex needs for it, or a folder of the embedded PostgreSQL (null: in memory). */
export type Source =
  | { readonly kind: "server"; readonly knex: Knex.Config }
  | { readonly kind: "embedded"; readonly folder: string | null; readonly knex: Knex.Config };

const EMBEDDED = "pglite:";
const SERVER_URL = /^(postgres|postgresql|socket):/;
const CLIENTS: ReadonlySet<unknown> = new Set(["pg", "postgres", "postgresql", "pgnative", "pg-native"]);

function invalid(message: string, hint?: string): GmigError {
  return new GmigError("CONFIG_INVALID", message, { hint });
}

function embeddedFolder(url: string, root: string): string | null {
  const path = url.slice(EMBEDDED.length).replace(/^\/\//, "");
  return path === "" || path === "memory" ? null : resolve(root, path);
}

function fromUrl(url: string, root: string, knex: Knex.Config): Source {
  if (url.startsWith(EMBEDDED)) return { kind: "embedded", folder: embeddedFolder(url, root), knex };
  if (SERVER_URL.test(url) || url.startsWith("/")) return { kind: "server", knex: { ...knex, client: knex.client ?? "pg", connection: url } };
  const scheme = /^[\w+.-]+:/.exec(url)?.[0] ?? "no scheme";
  throw invalid(`The database address has ${scheme}; it must begin with postgres:// or pglite:`, "postgres://user:password@host:5432/name");
}

/**
 * Reads a URL or a Knex configuration. The folder of an embedded database is relative to `root`.
 *
 * @throws GmigError CONFIG_INVALID for another kind of database; the address itself is not repeated, since it may hold a password.
 */
export function readSource(value: string | Knex.Config, root: string): Source {
  if (typeof value === "string") return fromUrl(value, root, { client: "pg" });
  const { client, connection } = value;
  if (typeof client === "string" && !CLIENTS.has(client)) throw invalid(`gmig works on PostgreSQL; the Knex configuration has the client ${client}`);
  const url = typeof connection === "string" ? connection : ((connection as { connectionString?: unknown } | undefined)?.connectionString ?? null);
  if (typeof url === "string" && url.startsWith(EMBEDDED)) return fromUrl(url, root, value);
  return { kind: "server", knex: { ...value, client: client ?? "pg" } };
}
