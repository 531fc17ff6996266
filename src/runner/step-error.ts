import { type DriverError, isConnectionLost, readDriverError } from "../database/database-error.js";
import { command, GmigError } from "../errors.js";
import type { RunnableStep } from "./runnable-step.js";

const STATEMENT_LENGTH = 300;
const LEADING_COMMENTS = /^(?:\s+|--[^\n]*\n|\/\*[\s\S]*?\*\/)+/;

const HINTS: Readonly<Record<string, string>> = {
  "55P03": "run it again when the lock is free, or raise lockTimeout in the configuration",
  "55P04": "--transaction each",
  "25001": "export const transaction = false",
  "57014": "run it again",
};

function direction(step: RunnableStep): string {
  return step.step.direction === "up" ? "on its way up" : "on its way down";
}

function nameOf({ step, message }: RunnableStep): string {
  return message === "" ? `Revision ${step.revision}` : `Revision ${step.revision} (${message})`;
}

/** The statement that the error's position lies in, or the whole text cut short. */
function excerpt(sql: string, position: number | null): string {
  if (sql.length <= STATEMENT_LENGTH) return sql.trim();
  const at = position === null ? 0 : position - 1;
  const start = Math.max(0, sql.lastIndexOf(";", at - 1) + 1);
  const statement = sql.slice(start).replace(LEADING_COMMENTS, "");
  return statement.length <= STATEMENT_LENGTH ? statement.trim() : `${statement.slice(0, STATEMENT_LENGTH).trim()} …`;
}

/** Knex puts the statement before the server's message. */
function withoutStatement(message: string, sql: string | null): string {
  return sql !== null && message.startsWith(`${sql} - `) ? message.slice(sql.length + 3) : message;
}

/** psql reads lines of its own, which dumps made by pg_dump have too since 2025; the server takes them for SQL. */
function psqlHint({ code, position }: DriverError, sql: string | null, file: string): string | undefined {
  return code === "42601" && sql?.charAt((position ?? 0) - 1) === "\\" ? `take the lines that begin with \\ out of ${file}: they are for psql` : undefined;
}

/** The command that opens what failed, where nothing better is known. */
export function editHint(revision: string): string {
  return command`gmig edit ${revision}`;
}

/** How a step failed. */
export interface Failure {
  /** The statement that failed, where it was one. */
  readonly sql: string | null;
  /** Whether it ran outside a transaction, so that a part of it may be there. */
  readonly isIncomplete: boolean;
  /** Whether all steps ran in one transaction, which is rolled back. */
  readonly isTogether: boolean;
  /** Where in the project's files an error was thrown; null when that is not known. */
  readonly locate: (error: unknown) => string | null;
}

/** Says which revision failed in which direction at which statement, with the SQLSTATE and what the server added. */
export function stepFailed(error: unknown, step: RunnableStep, { sql, isIncomplete, isTogether, locate }: Failure): GmigError {
  if (error instanceof GmigError) return error;
  const driver = readDriverError(error);
  const isServer = driver.code !== null && /^[0-9A-Z]{5}$/.test(driver.code);
  const statement = isServer && sql !== null ? excerpt(sql, driver.position) : null;
  const message = withoutStatement(driver.message, sql);
  const what = isServer ? `${message} (SQLSTATE ${driver.code})` : error instanceof Error && error.name !== "Error" ? `${error.name}: ${message}` : message;
  const details = [driver.detail, driver.hint].filter((text) => text !== null).map((text) => `\n  ${text}`);
  const shown = statement === null ? "" : `\n  statement: ${statement.replaceAll("\n", "\n    ")}`;
  const state = isIncomplete
    ? `\n  It ran outside a transaction: what it did before is there, and the ledger says ${step.step.direction === "up" ? "going-up" : "going-down"}.`
    : isTogether
      ? "\n  All steps ran in one transaction: nothing was changed."
      : "";
  const lost = isConnectionLost(error) ? "the connection to the database was lost; " : "";
  // Of a statement's error the stack tells nothing about the body.
  const place = isServer ? null : locate(error);
  const where = place === null ? "" : ` (${place})`;
  return new GmigError("STEP_FAILED", `${nameOf(step)} failed ${direction(step)}: ${lost}${what}${where}${details.join("")}${shown}${state}`, {
    cause: error,
    hint: isIncomplete ? "gmig status" : (psqlHint(driver, sql, step.record.file) ?? HINTS[driver.code ?? ""] ?? (isConnectionLost(error) ? "gmig status" : editHint(step.step.revision))),
    data: {
      revision: step.step.revision,
      direction: step.step.direction,
      sqlstate: isServer ? driver.code : null,
      statement,
      detail: driver.detail,
      constraint: driver.constraint,
      file: step.record.file,
      incomplete: isIncomplete,
    },
  });
}

/** Says that a body ended gmig's transaction, by COMMIT or ROLLBACK or through Knex. */
export function brokeTransaction(step: RunnableStep): GmigError {
  const before = "what it did before that may be in the database, and the ledger does not count it as done";
  return new GmigError("STEP_BROKE_TRANSACTION", `${nameOf(step)} ended the transaction that gmig had opened for it: ${before}`, {
    hint: `take COMMIT and ROLLBACK out of ${step.record.file}, or say transaction = false there`,
    data: { revision: step.step.revision, direction: step.step.direction, file: step.record.file },
  });
}

/** Says that a body did not wait for what it sent. */
export function stillRunning(step: RunnableStep): GmigError {
  const { revision, direction: way } = step.step;
  const incomplete = !step.transactional;
  return new GmigError("STEP_FAILED", `${nameOf(step)} failed ${direction(step)}: it ended while a statement of its own was still running, for which nothing waited`, {
    hint: `await every call of knex in ${step.record.file}`,
    data: { revision, direction: way, sqlstate: null, statement: null, file: step.record.file, incomplete },
  });
}
