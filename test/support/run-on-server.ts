import type { TestName } from "./find-tests.js";
import { startServer } from "./postgres-server.js";
import { runTests, type RunTestsOptions, type Tally } from "./run-tests.js";

/** Runs these tests on one server of this major that all of them share; where GMIG_TEST_DATABASE_URL is set, on that one. */
export async function runOnServer(tests: readonly TestName[], major: number, options: RunTestsOptions): Promise<Tally> {
  if (options.env["GMIG_TEST_DATABASE_URL"] !== undefined) return runTests(tests, options);
  const server = await startServer(major);
  try {
    const env = { ...options.env, GMIG_TEST_SERVER: server.url, GMIG_TEST_POSTGRES: String(major) };
    return await runTests(tests, { ...options, env });
  } finally {
    await server.stop();
  }
}
