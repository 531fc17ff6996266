import type { TransformOptions } from "esbuild";
import { GmigError } from "../errors.js";
import { problemOf } from "./compile-error.js";
import { isBuildFailure, startError, startEsbuild } from "./esbuild.js";

/** A revision's text, whole or in part, and the extension that says its language: ".ts", ".mjs" … */
export interface Body {
  readonly text: string;
  readonly extension: string;
}

/**
 * Prints a text so that two which differ only in format give the same: without types, comments and optional white space, with one way to write what can be
 * written in several. The same text gives the same print for as long as esbuild is the same, so prints are compared, not kept. Throws
 * REVISION_MALFORMED, with line and column in `data`, where the text has a syntax error.
 */
export async function printBody(text: string, extension: string): Promise<string> {
  const { transform } = await startEsbuild();
  try {
    return (await transform(text, { ...OPTIONS, loader: /^\.[cm]?ts$/.test(extension) ? "ts" : "js" })).code;
  } catch (cause) {
    const message = isBuildFailure(cause) ? cause.errors[0] : undefined;
    if (message === undefined) {
      throw startError(cause);
    }
    const { file: _, ...problem } = problemOf(message);
    throw new GmigError("REVISION_MALFORMED", `${problem.text}, in \`${problem.source?.trim() ?? ""}\``, { data: { ...problem }, cause });
  }
}

/** Prints many texts at once, in order. */
export async function printBodies(bodies: readonly Body[]): Promise<readonly string[]> {
  return Promise.all(bodies.map(({ text, extension }) => printBody(text, extension)));
}

const OPTIONS: TransformOptions = {
  minifyWhitespace: true,
  minifySyntax: true,
  minifyIdentifiers: false,
  legalComments: "none",
  ignoreAnnotations: true,
  charset: "utf8",
  target: "esnext",
  logLevel: "silent",
  // Not the project's: what a tsconfig says is no part of a revision.
  tsconfigRaw: { compilerOptions: { experimentalDecorators: true } },
};
