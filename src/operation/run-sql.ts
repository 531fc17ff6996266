import type { OperationRules } from "./operation-rules.js";

/** Statements of the project's own, which its `rewrite` hook puts in. gmig knows no more of it. */
export interface RunSql {
  readonly kind: "run sql";
  readonly description: string;
  readonly up: readonly string[];
  readonly down: readonly string[];
}

export const runSql: OperationRules<RunSql> = {
  invert: (operation) => ({ ...operation, up: operation.down, down: operation.up }),
  describe: ({ description }) => description,
  toSql: ({ up }) => up,
  apply: (_operation, schema) => schema,
};
