import { readFileSync } from "node:fs";
import { command, GmigError } from "../errors.js";
import type { Header } from "../revision/header.js";
import { quote, type RevisionBody } from "../revision/write-revision.js";

const PLACEHOLDER = /\{(revision|parents|dependsOn|labels|created|message|transaction|comment|up|down)\}/g;

/**
 * Fills in a project's own template. `{revision}`, `{parents}`, `{created}`, `{message}`, `{dependsOn}`, `{labels}` and `{transaction}` become
 * JavaScript values (plain text in SQL), `{comment}`, `{up}` and `{down}` the lines that belong there.
 *
 * @throws GmigError CONFIG_INVALID when the template can't be read.
 */
export function fillTemplate(path: string, header: Header, body: RevisionBody): string {
  let template: string;
  try {
    template = readFileSync(path, "utf8");
  } catch (cause) {
    throw new GmigError("CONFIG_INVALID", `The template ${path} cannot be read`, { cause, hint: command`ls -l ${path}`, data: { file: path } });
  }
  const isSql = path.endsWith(".sql");
  const value = (key: keyof Header): string => {
    const part = header[key];
    if (typeof part === "boolean") return String(part);
    if (typeof part === "string") return isSql ? part.replace(/\s+/g, " ") : quote(part);
    return isSql ? part.join(", ") : `[${part.map(quote).join(", ")}]`;
  };
  const sign = isSql ? "--" : "//";
  const lines: Readonly<Record<string, string>> = { comment: (body.comment ?? []).map((line) => `${sign} ${line}`).join("\n"), up: body.up, down: body.down };
  return template.replace(PLACEHOLDER, (_, key: string) => lines[key] ?? value(key as keyof Header));
}
