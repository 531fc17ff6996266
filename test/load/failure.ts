import * as assert from "uvu/assert";
import { GmigError } from "../../src/errors.js";

/** The GmigError that a promise is rejected with. Fails the test where it isn't rejected, or with anything else. */
export async function failure(promise: Promise<unknown>): Promise<GmigError> {
  const [outcome] = await Promise.allSettled([promise]);
  const error: unknown = outcome.status === "rejected" ? outcome.reason : undefined;
  if (!(error instanceof GmigError)) {
    assert.is(error, "a GmigError");
    throw error;
  }
  return error;
}
