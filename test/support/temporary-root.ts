import { accessSync, constants, statfsSync } from "node:fs";
import { tmpdir } from "node:os";

const MEMORY = "/dev/shm";
const ENOUGH = 2 * 1024 ** 3;

/**
 * Where folders that no test outlives are made: in memory where the system offers 2 GB of that, because a database is
 * then copied in 15 ms instead of up to 300, else the system's temporary folder. Nothing here is executable for sure.
 */
export function temporaryRoot(): string {
  try {
    accessSync(MEMORY, constants.W_OK);
    const { bavail, bsize } = statfsSync(MEMORY);
    return bavail * bsize >= ENOUGH ? MEMORY : tmpdir();
  } catch {
    return tmpdir();
  }
}
