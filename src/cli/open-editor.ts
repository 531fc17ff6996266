import { GmigError } from "../errors.js";
import type { CliContext } from "./context.js";

/**
 * Opens a file in the user's editor and waits until it is closed.
 *
 * @throws GmigError USAGE when none is named, or when it ends with an error.
 */
export async function openEditor(context: CliContext, path: string): Promise<void> {
  const editor = [context.env["VISUAL"], context.env["EDITOR"]].find((name) => name !== undefined && name !== "");
  if (editor === undefined) throw new GmigError("USAGE", `No editor is named; the file is ${path}`, { hint: "EDITOR=vim", data: { file: path } });
  const status = await context.runProgram(editor, [path]);
  if (status !== 0) throw new GmigError("USAGE", `The editor ${editor} ended with status ${status}; the file is ${path}`, { data: { file: path, status } });
}
