import { GmigError } from "../../errors.js";
import type { Style } from "../style.js";
import { onOneLine, visible } from "./visible.js";

/** Returns an error as the JSON object that scripts read. */
export function errorJson(error: GmigError): string {
  const { code, message, hint, data } = error;
  return JSON.stringify({ error: { code, message, ...(hint === undefined ? {} : { hint }), data } }, null, 2);
}

/** Returns an error as a person reads it: what was refused, the code, and the command that mends it, if there is one. */
export function errorText(error: GmigError, command: string | undefined, style: Style): string {
  const hint = command === undefined ? "" : `\n${style.dim("hint:")} ${style.bold(onOneLine(command))}`;
  const stack = error.kind === "internal" && error.cause instanceof Error ? `\n${style.dim(error.cause.stack ?? "")}` : "";
  // Further lines of a message are its own: they stand indented, so that none passes for another message.
  const message = visible(error.message).replace(/\n(?! {2})/g, "\n  ");
  return `${style.bad("error")} ${style.dim(error.code)} ${message}${hint}${stack}`;
}

/** Returns any thrown value as an error of gmig's: what is not one already is a bug here. */
export function toGmigError(error: unknown): GmigError {
  if (error instanceof GmigError) return error;
  const message = error instanceof Error ? error.message : String(error);
  return new GmigError("INTERNAL", `This is a bug in gmig: ${message}`, { cause: error });
}
