import { join } from "node:path";
import { isEvaluated } from "./evaluate.js";
import { rememberText } from "./source-position.js";
import { removeFolder } from "./temporary-folder.js";
import type { WrittenUnit } from "./unit.js";

/** Units in a folder that was made for one call. */
export interface TemporaryUnits {
  readonly folder: string;
  readonly written: readonly WrittenUnit[];
}

/** Removes the folder, unless its modules are `inUse` and may still import a file in it; positions in the user's files are known all the same. */
export function leaveTemporaryUnits({ folder, written }: TemporaryUnits, inUse: boolean): void {
  for (const { texts } of written) {
    texts.forEach((text, name) => rememberText(join(folder, name), text));
  }
  if (!inUse || !written.some(mayLoadLater)) {
    removeFolder(folder);
  }
}

function mayLoadLater({ unit: { folder, outputs, later } }: WrittenUnit): boolean {
  return later || outputs.some(({ name }) => name.endsWith(".cjs") && !isEvaluated(join(folder, name)));
}
