import { isSameName } from "../../schema/object-name.js";
import type { Operation } from "../../operation/operation.js";
import { jsText } from "./js-text.js";
import { schemaBuilder } from "./knex-names.js";
import { knexOperation, type KnexCode, type KnexContext } from "./knex-operation.js";
import { rawCall } from "./knex-raw.js";
import { splitOperation, type Step } from "./split-operation.js";

/** A warning that stands before the code of an operation. */
export type NotesOf = (operation: Operation) => readonly string[];

/** The body of an `up` or `down`: lines of TypeScript that are JavaScript too, indented by two spaces. */
export function knexBody(operations: readonly Operation[], context: KnexContext, notesOf: NotesOf): string {
  const codes = operations.flatMap((operation) => [
    ...notesOf(operation).map((note): KnexCode => ({ kind: "lines", lines: [`// ${oneLine(note)}`] })),
    ...splitOperation(operation, context.naming).map((step) => codeOf(step, context)),
  ]);
  return group(codes)
    .flatMap((code) => (code.kind === "lines" ? code.lines : alterTable(code.table, code.code, context)))
    .map((line) => indent(line))
    .join("\n");
}

function codeOf(step: Step, context: KnexContext): KnexCode {
  switch (step.kind) {
    case "operation":
      return knexOperation(step.operation, context);
    case "sql":
      return { kind: "lines", lines: [rawCall(step.sql)] };
    case "place":
      return { kind: "lines", lines: [`// ${oneLine(step.words)}`, `// ${oneLine(rawCall(step.example))}`] };
  }
}

type AlterTable = Extract<KnexCode, { readonly kind: "alter table" }>;
type Grouped = Extract<KnexCode, { readonly kind: "lines" }> | { readonly kind: "group"; readonly table: AlterTable["table"]; readonly code: AlterTable[] };

/** Statements on one table that follow each other become one call. Knex adds columns before all else of a call, so a new column after something else begins another. */
function group(codes: readonly KnexCode[]): readonly Grouped[] {
  const grouped: Grouped[] = [];
  for (const code of codes) {
    const last = grouped.at(-1);
    if (code.kind === "lines") grouped.push(code);
    else if (last?.kind === "group" && isSameName(last.table, code.table) && (!code.addsColumn || last.code.every(({ addsColumn }) => addsColumn))) last.code.push(code);
    else grouped.push({ kind: "group", table: code.table, code: [code] });
  }
  return grouped;
}

function alterTable(table: AlterTable["table"], code: readonly AlterTable[], { bareSchema }: KnexContext): readonly string[] {
  return [
    `await ${schemaBuilder(table, bareSchema)}.alterTable(${jsText(table.name)}, (table) => {`,
    ...code.map(({ line }) => `  ${line};`),
    "});",
  ];
}

/** Only the first line: what follows within a template would be another text. */
function indent(line: string): string {
  return line === "" ? line : `  ${line}`;
}

function oneLine(text: string): string {
  return text.replaceAll(/\s*[\n\r\u2028\u2029]\s*/g, " ");
}
