import type { Ask } from "../workflow/autogenerate.js";

/** Asks a person at the terminal what only a person can tell. */
export const askQuestions: Ask = async (questions) => {
  const { isCancel, select, text } = await import("@clack/prompts");
  const answers = new Map<string, string>();
  for (const { id, kind, message, candidates } of questions) {
    const answer =
      kind === "value"
        ? await text({ message: `${message} (SQL; leave it empty to fill it in later)`, placeholder: "'…'", defaultValue: "" })
        : await select({ message, options: [{ value: "", label: "It is new" }, ...candidates.map((name) => ({ value: name, label: `It was ${name}` }))] });
    if (isCancel(answer)) return null;
    answers.set(id, answer);
  }
  return answers;
};
