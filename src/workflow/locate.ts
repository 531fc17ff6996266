import { fileFrom } from "../directory/read-directory.js";
import { sourcePosition } from "../load/source-position.js";

/** Returns what names the place in a project's own files at which an error was thrown: `path:line:column`, or null where its stack has none. */
export function locateIn(root: string): (error: unknown) => string | null {
  return (error) => {
    const position = sourcePosition(error);
    return position === undefined ? null : `${fileFrom(root, position.file)}:${position.line}:${position.column}`;
  };
}
