import { existsSync, readFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";
import { GmigError } from "../errors.js";

/** Returns the text of the shim that this gmig brings along, which `gmig hooks install` copies into a clone. */
export function readShim(): string {
  // The bundle and the sources lie at different depths below the package's folder.
  for (let folder = dirname(fileURLToPath(import.meta.url)); ; folder = dirname(folder)) {
    const path = join(folder, "hooks", "gmig-hook");
    if (existsSync(path)) return readFileSync(path, "latin1");
    if (dirname(folder) === folder) throw new GmigError("INTERNAL", "hooks/gmig-hook is missing from the package");
  }
}
