import { readFileSync } from "node:fs";
import { join, relative } from "node:path";
import { GmigError } from "../errors.js";
import { type LoadErrorOptions, shown } from "./compile-error.js";
import { packageOf } from "./installed-package.js";
import { outputPath } from "./output-name.js";
import { sourcePosition } from "./source-position.js";
import type { MissingImport, Unit } from "./unit.js";

/** The error for a file that threw while it was run: what it threw as `cause`, and where in the user's files that was. */
export function evaluationError(thrown: unknown, file: string, unit: Unit, { root, code }: LoadErrorOptions): GmigError {
  const nowhere = isModuleNotFound(thrown) ? unit.missing.find((missing) => isAbout(thrown, missing)) : undefined;
  if (nowhere !== undefined) {
    return missingError(nowhere, thrown, { root, code });
  }
  const position = sourcePosition(thrown);
  const where = position === undefined ? "" : ` (${shown(position, root)})`;
  const message = `${relative(root, file)} can't be loaded: ${inSources(firstLine(thrown), unit, root)}${where}`;
  return new GmigError(code, message, { data: { ...(position ?? { file }) }, cause: thrown });
}

/** Whether an error says that a module isn't there: a compiled import may lead to where it was. */
export function isModuleNotFound(thrown: unknown): thrown is Error {
  const code = thrown instanceof Error ? (thrown as NodeJS.ErrnoException).code : undefined;
  return code === "ERR_MODULE_NOT_FOUND" || code === "MODULE_NOT_FOUND";
}

function isAbout({ message }: Error, { specifier }: MissingImport): boolean {
  return message.includes(`'${specifier}'`) || message.includes(`${join(".missing", specifier)}'`);
}

function missingError({ specifier, importer }: MissingImport, cause: unknown, { root, code }: LoadErrorOptions): GmigError {
  const line = lineOf(specifier, importer);
  const place = `${relative(root, importer)}${line === undefined ? "" : `:${line}`}`;
  const name = packageOf(specifier);
  return new GmigError(code, `${name === undefined ? "Import" : "Package"} "${specifier}" is not found, which ${place} imports`, {
    hint: name === undefined ? undefined : `npm install ${name}`,
    data: { file: importer, ...(line === undefined ? {} : { line }), specifier },
    cause,
  });
}

function lineOf(specifier: string, importer: string): number | undefined {
  const lines = readFileSync(importer, "utf8").split("\n");
  const at = lines.findIndex((line) => ['"', "'", "`"].some((quote) => line.includes(quote + specifier + quote)));
  return at === -1 ? undefined : at + 1;
}

function firstLine(thrown: unknown): string {
  return (thrown instanceof Error ? thrown.message || thrown.name : String(thrown)).split("\n")[0]!;
}

/** A message of Node's, with the user's files in place of the compiled ones. */
function inSources(message: string, { id, modules }: Unit, root: string): string {
  return [...modules.values()].reduce((text, { source }) => text.replaceAll(outputPath(id, source), relative(root, source)), message);
}
