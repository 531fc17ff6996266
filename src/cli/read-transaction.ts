import { GmigError } from "../errors.js";

/** Reads `--transaction`. */
export function readTransaction(value: string | undefined): "each" | "all" | undefined {
  if (value === undefined || value === "each" || value === "all") return value;
  throw new GmigError("USAGE", `--transaction takes each or all, not ${value}`, { hint: "--transaction each" });
}
