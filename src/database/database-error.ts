import { GmigError } from "../errors.js";
import type { Address } from "./database.js";

/** What a driver's error tells, as far as it does. */
export interface DriverError {
  readonly message: string;
  /** SQLSTATE, or Node's error code. */
  readonly code: string | null;
  readonly detail: string | null;
  readonly hint: string | null;
  /** Counted from 1, into the statement. */
  readonly position: number | null;
  readonly constraint: string | null;
  readonly where: string | null;
}

function textOf(value: unknown): string | null {
  return typeof value === "string" && value !== "" ? value : null;
}

/** Reads what a driver threw, also when several addresses failed at once. */
export function readDriverError(error: unknown): DriverError {
  const first = error instanceof AggregateError && error.errors.length > 0 ? (error.errors[0] as unknown) : error;
  const fields = (typeof first === "object" && first !== null ? first : {}) as Record<string, unknown>;
  const position = Number(fields["position"]);
  return {
    message: textOf(fields["message"]) ?? String(first),
    code: textOf(fields["code"]),
    detail: textOf(fields["detail"]),
    hint: textOf(fields["hint"]),
    position: Number.isInteger(position) && position > 0 ? position : null,
    constraint: textOf(fields["constraint"]),
    where: textOf(fields["where"]),
  };
}

/** Whether the connection is gone, so that nothing more can be said over it. SQLSTATE class 08 and 57P0x: PostgreSQL's manual, appendix A. */
export function isConnectionLost(error: unknown): boolean {
  const { code, message } = readDriverError(error);
  if (code !== null && /^(08(?!P01)...|57P0[1-5]|ECONN|EPIPE|ETIMEDOUT|ENOTFOUND|EAI_AGAIN|ENETUNREACH|EHOSTUNREACH)/.test(code)) return true;
  return /Connection terminated|connection is closed|not queryable|Client has encountered a connection error/i.test(message);
}

function word(text: string): string {
  return /^[\w./-]+$/.test(text) ? text : `'${text.replaceAll("'", `'\\''`)}'`;
}

/** The command that makes the database where it is missing. */
function createdbCommand({ host, name, user }: Address): string {
  const [, place = "", port = ""] = /^(.*?)(?:\/\.s\.PGSQL\.|:)(\d+)$/.exec(host) ?? [];
  return `createdb -h ${word(place)} -p ${port} -U ${word(user)} ${word(name)}`;
}

const OTHER_ADDRESS = "--database postgres://user:password@host:5432/name";

function reason(error: DriverError, address: Address): { readonly message: string; readonly hint?: string } {
  const { host, name, user } = address;
  switch (error.code) {
    case "ECONNREFUSED":
      return { message: `Nothing answers at ${host}: is the server running?`, hint: OTHER_ADDRESS };
    case "ENOENT":
      return { message: `There is no server behind the socket ${host}`, hint: OTHER_ADDRESS };
    case "ENOTFOUND":
    case "EAI_AGAIN":
      return { message: `The host ${host} is not known`, hint: OTHER_ADDRESS };
    case "ETIMEDOUT":
      return { message: `The server at ${host} does not answer`, hint: OTHER_ADDRESS };
    case "28P01":
      return { message: `The server at ${host} refused the password of ${user}`, hint: "put the right password in DATABASE_URL or in the configuration" };
    case "28000":
      return { message: `The server at ${host} refused ${user}: ${error.message}` };
    case "3D000":
      return { message: `The server at ${host} has no database ${name}`, hint: createdbCommand(address) };
    case "53300":
      return { message: `The server at ${host} has no connection to spare: ${error.message}` };
    default:
      return { message: `The database ${address.url} cannot be reached: ${error.message}` };
  }
}

/** Says that a database could not be reached. The driver's error is not kept as cause: its text may repeat the address. */
export function connectionFailed(error: unknown, address: Address): GmigError {
  if (error instanceof GmigError) return error;
  const driver = readDriverError(error);
  const timeout = /timeout/i.test(driver.message) && driver.code === null ? { ...driver, code: "ETIMEDOUT" } : driver;
  const { message, hint } = reason(timeout, address);
  return new GmigError("CONNECTION_FAILED", message, { hint, data: { url: address.url, sqlstate: driver.code } });
}

/** Says that one of gmig's own queries failed; `doing` completes "The database … while". */
export function queryFailed(error: unknown, address: Address, doing: string): GmigError {
  if (error instanceof GmigError) return error;
  const driver = readDriverError(error);
  const what = isConnectionLost(error) ? `The connection to ${address.url} was lost while` : `The database ${address.url} refused:`;
  const rest = isConnectionLost(error) ? doing : `${driver.message} (while ${doing})`;
  return new GmigError("CONNECTION_FAILED", `${what} ${rest}`, { cause: error, data: { url: address.url, sqlstate: driver.code } });
}
