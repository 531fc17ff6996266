import { GmigError } from "../errors.js";

/** The same error without the line of the file that the compiler quotes: in a file that says where a database is, a password may stand there. */
export function withoutQuote(error: GmigError): GmigError {
  const { code, message, hint, data } = error;
  const { source, problems: _, ...rest } = data;
  return typeof source === "string" ? new GmigError(code, message.replace(`, in \`${source.trim()}\``, ""), { hint, data: rest }) : error;
}
