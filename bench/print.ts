import { median, ratio, type Timing } from "./round.js";

/** Prints each contender's median and its ratio to the first, beside the ratio to reach. */
export function printRatios(title: string, timings: readonly Timing[], goal: number, of: string): void {
  const [base] = timings;
  if (base === undefined) return;
  process.stdout.write(`\n${title}\n`);
  for (const timing of timings) {
    const times = ratio(timing, base);
    const verdict = timing.name === of ? (times <= goal ? `  (reaches ${goal}×)` : `  (misses ${goal}×)`) : "";
    process.stdout.write(`  ${timing.name.padEnd(28)}${median(timing.times).toFixed(0).padStart(7)} ms${times.toFixed(2).padStart(8)}×${verdict}\n`);
  }
}

/** Prints a figure, beside the most that it may be; without one, the figure is only noted. */
export function printFigure(name: string, figure: number, unit: string, most?: number): void {
  const verdict = most === undefined ? "" : figure <= most ? `  (reaches ${most} ${unit})` : `  (misses ${most} ${unit})`;
  process.stdout.write(`  ${name.padEnd(36)}${figure.toFixed(unit === "ms" && figure < 100 ? 1 : 0).padStart(7)} ${unit}${verdict}\n`);
}
