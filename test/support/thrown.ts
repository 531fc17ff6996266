import { GmigError } from "../../src/errors.js";

/** The GmigError that an action ends with; throws when it ends well, or with anything else. */
export async function thrown(action: Promise<unknown> | (() => unknown)): Promise<GmigError> {
  try {
    await (typeof action === "function" ? action() : action);
  } catch (error) {
    if (error instanceof GmigError) return error;
    throw error;
  }
  throw new Error("nothing was thrown");
}
