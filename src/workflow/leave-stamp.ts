import { existsSync, mkdirSync, utimesSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import type { Checkout } from "./checkout.js";

/** Touches the file whose time says when a database last followed this worktree: the hooks compare the revisions folders with it. */
export function leaveStamp(checkout: Checkout | null): void {
  if (checkout === null) return;
  const path = join(checkout.repository.gitDirectory, "gmig", "synced");
  try {
    mkdirSync(join(path, ".."), { recursive: true });
    if (existsSync(path)) utimesSync(path, new Date(), new Date());
    else writeFileSync(path, "");
  } catch {
    // Without the stamp a hook looks once too often.
  }
}
