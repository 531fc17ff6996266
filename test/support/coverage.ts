import { execFile } from "node:child_process";
import { readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { pathToFileURL } from "node:url";
import { promisify } from "node:util";
import { ROOT } from "./find-tests.js";
import { freshFolder } from "./folder.js";

/** Percent of src's lines. */
const ENOUGH = 90;

const run = promisify(execFile);

interface RawCoverage {
  readonly result: readonly { readonly url: string }[];
  readonly "source-map-cache"?: Readonly<Record<string, unknown>>;
}

/** What is made of src: file by file, and the bundles that the command line runs. */
const BUILT = ["build/src/", "dist/"].map((folder) => pathToFileURL(join(ROOT, folder)).href);

/** Which lines of src the tests reach, in whatever process: Node writes down what ran, c8 says which TypeScript that was. */
export class Coverage {
  readonly #folder = freshFolder();

  /** Builds the bundles once more, with source maps. */
  static async begin(): Promise<Coverage> {
    await run(process.execPath, [join(ROOT, "bundle.mjs"), "--sourcemap"], { cwd: ROOT });
    return new Coverage();
  }

  /** What the processes to be measured run with. */
  readonly env: NodeJS.ProcessEnv = { NODE_V8_COVERAGE: this.#folder };

  /** Prints the summary, leaves the lines in coverage/ and tells whether enough is covered; if not, prints the files that lack some. */
  async report(print: (text: string) => void): Promise<boolean> {
    for (const name of readdirSync(this.#folder)) keepOurs(join(this.#folder, name));
    const { stdout, failed } = await this.#c8();
    print(failed ? stdout : stdout.split("\n").filter((line) => /^[A-Z]\w+ +: /.test(line)).join("\n"));
    if (failed) print(`less than ${ENOUGH} % of the lines of src are covered`);
    return !failed;
  }

  async #c8(): Promise<{ stdout: string; failed: boolean }> {
    const c8 = join(ROOT, "node_modules/c8/bin/c8.js");
    const inputs = ["--temp-directory", this.#folder, "--all", "--src", join(ROOT, "build/src"), "--exclude-after-remap"];
    const which = ["--include", "src/**/*.ts", "--include", "{build/src,dist}/**/*.js", "--extension", ".ts", "--extension", ".js"];
    const without = typeFiles().flatMap((file) => ["--exclude", file]);
    const reporters = ["text-summary", "text", "html"].flatMap((reporter) => ["--reporter", reporter]);
    const outputs = [...reporters, "--skip-full", "--reports-dir", join(ROOT, "coverage")];
    const check = ["--check-coverage", "--lines", String(ENOUGH), "--functions", "0", "--branches", "0", "--statements", "0"];
    try {
      const { stdout } = await run(process.execPath, [c8, "report", ...inputs, ...which, ...without, ...outputs, ...check], { cwd: ROOT });
      return { stdout, failed: false };
    } catch (error) {
      const { stdout, stderr } = error as { stdout: string; stderr: string };
      return { stdout: `${stdout}\n${stderr}`, failed: true };
    }
  }
}

/** Sources of types alone, which no process ever loads. */
function typeFiles(): readonly string[] {
  const built = join(ROOT, "build/src");
  return readdirSync(built, { recursive: true, encoding: "utf8" })
    .filter((file) => file.endsWith(".js") && readFileSync(join(built, file), "utf8").startsWith("export {};\n"))
    .map((file) => join("src", file.replace(/\.js$/, ".ts")));
}

/** Of all that a process loaded, only what was built from src: the rest is large, and slow to convert. */
function keepOurs(file: string): void {
  const isOurs = (url: string) => BUILT.some((folder) => url.startsWith(folder));
  const raw = JSON.parse(readFileSync(file, "utf8")) as RawCoverage;
  const result = raw.result.filter(({ url }) => isOurs(url));
  const maps = Object.entries(raw["source-map-cache"] ?? {}).filter(([url]) => isOurs(url));
  if (result.length === 0) rmSync(file);
  else writeFileSync(file, JSON.stringify({ result, "source-map-cache": Object.fromEntries(maps) }));
}
