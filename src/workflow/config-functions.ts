import type { Config } from "../config/config.js";
import type { ComparedObject } from "../config/user-config.js";
import { GmigError } from "../errors.js";
import type { Operation } from "../operation/operation.js";
import { isOperation } from "../operation/operations.js";

/** What the configuration's own function throws is the configuration's, not a bug of gmig. */
function called<Result>(key: string, call: () => Result): Result {
  try {
    return call();
  } catch (cause) {
    throw new GmigError("CONFIG_INVALID", `The function "${key}" of the configuration threw: ${cause instanceof Error ? cause.message : String(cause)}`, { cause, data: { key } });
  }
}

/**
 * Whether the configuration's `include` leaves an object in; only a false takes it out.
 *
 * @throws GmigError CONFIG_INVALID when it throws.
 */
export function includes({ include }: Config, object: ComparedObject): boolean {
  const answer: unknown = include === null ? true : called("include", () => include(object));
  return answer !== false;
}

/**
 * Returns the operations as the configuration's `rewrite` wants them.
 *
 * @throws GmigError CONFIG_INVALID when it throws, or returns something else than a list of operations.
 */
export function rewritten({ rewrite }: Config, operations: readonly Operation[]): readonly Operation[] {
  if (rewrite === null) return operations;
  const changed: unknown = called("rewrite", () => rewrite(operations));
  if (Array.isArray(changed) && changed.every(isOperation)) return changed;
  const what = Array.isArray(changed) ? `a list in which ${JSON.stringify(changed.find((each) => !isOperation(each)))} is no operation` : String(changed);
  throw new GmigError("CONFIG_INVALID", `The function "rewrite" of the configuration returned ${what}`, { hint: "return a list of the operations that it is given", data: { key: "rewrite" } });
}
