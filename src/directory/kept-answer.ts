import { randomUUID } from "node:crypto";
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { fingerprint } from "../load/fingerprint.js";
import { isSettled, writeCache } from "./cache-file.js";
import type { ListedFile, Listing } from "./list-files.js";

/** What was asked about some folders' revisions. Whatever the answer follows from beside the files is part of it. */
export interface Question {
  readonly cache: string;
  readonly text: string;
}

interface Kept {
  readonly question: string;
  /** Of all files that the answer follows from. */
  readonly mark: string;
  readonly written: number;
  readonly answer: unknown;
}

function answerFile({ cache, text }: Question): string {
  return join(cache, "answers", `${fingerprint(text)}.json`);
}

/** Differs wherever a name, a size or a time does. The numbers as bytes: as digits, those of 10,000 files take 10 ms. */
function markOf(files: readonly ListedFile[]): string {
  const numbers = new Float64Array(files.length * 3);
  let at = 0;
  for (const { size, modified, changed } of files) {
    numbers[at++] = size;
    numbers[at++] = modified;
    numbers[at++] = changed;
  }
  return fingerprint(files.map(({ name }) => name).join("\n") + Buffer.from(numbers.buffer).toString("latin1"));
}

function readKept(question: Question): Kept | null {
  try {
    return JSON.parse(readFileSync(answerFile(question), "utf8")) as Kept | null;
  } catch {
    return null;
  }
}

/** Returns the answer that was kept, as JSON has it, if no file of the listings has come, gone or changed since; else null. */
export function findAnswer(question: Question, listings: readonly Listing[]): unknown {
  const kept = readKept(question);
  if (kept?.question !== question.text) return null;
  const files = listings.flatMap(({ files }) => files ?? []);
  return kept.mark === markOf(files) && files.every((file) => isSettled(file, kept.written)) ? (kept.answer ?? null) : null;
}

/** Keeps an answer that follows from the question and the listed files alone. */
export function keepAnswer(question: Question, listings: readonly Listing[], answer: unknown): void {
  const mark = markOf(listings.flatMap(({ files }) => files ?? []));
  writeCache(answerFile(question), randomUUID(), (written) => JSON.stringify({ question: question.text, mark, written, answer } satisfies Kept));
}
