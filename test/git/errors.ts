import { GmigError } from "../../src/errors.js";

/** The GmigError that an action throws; fails when it throws none. */
export async function thrown(action: () => unknown): Promise<GmigError> {
  try {
    await action();
  } catch (error) {
    if (error instanceof GmigError) return error;
    throw error;
  }
  throw new Error("nothing was thrown");
}
