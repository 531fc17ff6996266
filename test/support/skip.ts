/**
 * Leaves a test out, by name and with the reason, which the runner prints. It takes a bare `test.skip` or `test.only` for a
 * failure, because nobody would see what is missing.
 */
export function skip(test: { skip: (name?: string) => void }, name: string, why: string): void {
  test.skip(name);
  process.stdout.write(`skipped: ${name} (${why})\n`);
}
