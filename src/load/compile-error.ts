import { relative } from "node:path";
import type { BuildFailure, Message } from "esbuild";
import { type ErrorCode, GmigError } from "../errors.js";
import type { SourcePosition } from "./source-position.js";

export interface LoadErrorOptions {
  /** The folder that messages name files from. */
  readonly root: string;
  readonly code: ErrorCode;
}

/** The error for files that can't be compiled: the first problem as a sentence, all of them in `data.problems`. */
export function compileError(failure: BuildFailure, { root, code }: LoadErrorOptions): GmigError {
  const problems = failure.errors.map(problemOf);
  const [first] = problems;
  const place = first?.file === undefined ? "" : `${shown(first, root)}: `;
  const quote = first?.source === undefined ? "" : `, in \`${first.source.trim()}\``;
  return new GmigError(code, `${place}${first?.text ?? failure.message}${quote}`, { data: { ...first, problems }, cause: failure });
}

/** What esbuild finds wrong, and where: line and column count from 1, in characters. */
export interface Problem extends Partial<SourcePosition> {
  readonly text: string;
  /** The line of the file that it is in. */
  readonly source?: string;
}

/** An esbuild message as a problem. */
export function problemOf({ text, location }: Message): Problem {
  if (location === null) {
    return { text };
  }
  const { file, line, lineText: source } = location;
  const column = Buffer.from(source).subarray(0, location.column).toString().length + 1;
  return { file, line, column, text, source };
}

/** A position as it is named in a message: `src/a.ts:3:7`. */
export function shown({ file, line, column }: Partial<SourcePosition>, root: string): string {
  return `${relative(root, file ?? "")}:${line}:${column}`;
}
