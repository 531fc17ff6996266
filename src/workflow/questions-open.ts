import type { Question } from "../autogenerate/compare/question.js";
import { renameFlag } from "../autogenerate/compare/rename-flag.js";
import { command, GmigError } from "../errors.js";

/** A question with the flags that answer it, each of them one answer. */
export interface OpenQuestion extends Question {
  readonly answers: readonly string[];
}

/** Returns the flags that answer a question, to paste behind the command. */
export function answersOf(question: Question): readonly string[] {
  const { id, kind, candidates } = question;
  const name = id.slice(id.indexOf(" ") + 1);
  if (kind === "value") return [/^[\w.]+$/.test(name) ? `--value "${name}='…'"` : command`--value ${`${name}='…'`}`];
  return [...candidates.map((old) => renameFlag(question, old)), command`--new ${name}`];
}

function line(question: OpenQuestion): string {
  const { kind, message, candidates, answers } = question;
  return `\n  ${message}${kind === "value" ? ` (${candidates.join(", ")})` : ""}\n    ${answers.join(" or ")}`;
}

/** What is said of an answer that nothing asked for. */
function unusedLine(id: string): string {
  const name = id.slice(id.indexOf(" ") + 1);
  return id.startsWith("value ") ? `--value ${name} answers no question: no column ${name} becomes NOT NULL` : `--rename or --new ${name} answers no question: no column or table ${name} is new`;
}

/** Says which answers were given that nothing asked for: they were meant for something, and must not be passed over. */
export function answersUnused(unused: readonly string[]): GmigError {
  return new GmigError("USAGE", unused.map(unusedLine).join("\n  "), { hint: "gmig check --models", data: { answers: unused } });
}

/** Says which questions only a person can answer, and how; and of `unused`, answers by question id, that they answer none. */
export function questionsOpen(questions: readonly Question[], unused: readonly string[]): GmigError {
  const open = questions.map((question): OpenQuestion => ({ ...question, answers: answersOf(question) }));
  return new GmigError("QUESTIONS_OPEN", `There are questions that only you can answer:${[...open.map(line), ...unused.map((id) => `\n  ${unusedLine(id)}`)].join("")}`, {
    hint: open[0]?.answers[0],
    data: { questions: open },
  });
}
