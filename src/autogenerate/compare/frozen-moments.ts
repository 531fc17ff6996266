import { GmigError } from "../../errors.js";
import { displayName } from "../../schema/object-name.js";
import type { CanonicalTable, ScratchTable } from "../../schema/scratch-table.js";
import { sqlTokens } from "../../schema/sql-tokens.js";

/** What is a moment of each row's own, by the word that PostgreSQL takes for a moment wherever a literal is one. */
const INSTEAD: Readonly<Record<string, string>> = {
  now: "now()",
  today: "current_date",
  tomorrow: "current_date + 1",
  yesterday: "current_date - 1",
};

const WORDS = new RegExp(String.raw`\b(?:${Object.keys(INSTEAD).join("|")})\b`, "gi");

/**
 * MODEL_INVALID, for all of the tables at once, where declared SQL says `'now'` and PostgreSQL has put a date in its place: it reads such a literal
 * once, so that every row would get the moment of the revision, and each comparison would find another one. `read` is what became of `asked`, by place.
 */
export function refuseFrozenMoments(asked: readonly ScratchTable[], read: readonly CanonicalTable[]): void {
  const frozen = asked.flatMap((table, place) => {
    if (!mayFreeze(table)) return [];
    return textsOf(table, read[place]).flatMap(([what, declared, printed]) => {
      const word = frozenWord(declared, printed);
      return word === undefined ? [] : [`in ${what} write ${INSTEAD[word]}, or the moment itself`];
    });
  });
  if (frozen.length === 0) return;
  throw new GmigError("MODEL_INVALID", `PostgreSQL reads 'now' and its like once, and keeps that moment for every row: ${frozen.join("; ")}`, { data: { frozen } });
}

/** Whether such a word may stand in a literal anywhere in what is declared: of nearly all tables there is nothing more to look at. */
function mayFreeze({ columns, checks, exclusions, indexes }: ScratchTable): boolean {
  const may = (sql: string | null | undefined): boolean => sql?.includes("'") === true && sql.search(WORDS) !== -1;
  return (
    columns.some(({ default: value, generated }) => may(value) || may(generated?.expression)) || checks.some(({ expression }) => may(expression)) ||
    exclusions.some(({ definition }) => may(definition)) || indexes.some(({ clause }) => may(clause))
  );
}

/** What is declared, in words, and its SQL before and after PostgreSQL read it. */
function textsOf(asked: ScratchTable, read: CanonicalTable | undefined): readonly (readonly [what: string, declared: string, printed: string])[] {
  const named = <T extends { readonly name: string }>(list: readonly T[] | undefined, { name }: { readonly name: string }): T | undefined => list?.find((each) => each.name === name);
  const own = displayName(asked);
  return [
    ...asked.columns.flatMap((column) => {
      const { name, default: value, generated } = column;
      const printed = named(read?.columns, column);
      const computed = generated?.expression ?? "";
      return [[`default ${value} of ${own}.${name}`, value ?? "", printed?.default ?? ""], [`column ${name} of ${own}, generated as ${computed},`, computed, printed?.generated?.expression ?? ""]] as const;
    }),
    ...asked.checks.map((check) => [`check (${check.expression}) of ${own}`, check.expression, named(read?.checks, check)?.expression ?? ""] as const),
    ...asked.exclusions.map((each) => [`${each.definition} of ${own}`, each.definition, named(read?.exclusions, each)?.definition ?? ""] as const),
    ...asked.indexes.map((each) => {
      const { keys = [], predicate = "" } = named(read?.indexes, each) ?? {};
      return [`index ${each.clause} of ${own}`, each.clause, [...keys.map(({ expression }) => expression), predicate].join(" ")] as const;
    }),
  ];
}

/** A word that stood in a literal and does no more, where a literal with a date or time stands instead: a bytea has none, and `'now'::text` keeps its word. */
function frozenWord(declared: string, printed: string): string | undefined {
  const words = wordsIn(declared);
  if (words.length === 0) return undefined;
  const left = wordsIn(printed);
  const hasMoment = literals(printed).some((literal) => /\d-\d\d|\d\d:\d\d/.test(literal));
  return hasMoment ? words.find((word) => count(words, word) > count(left, word)) : undefined;
}

function wordsIn(sql: string): readonly string[] {
  return literals(sql).flatMap((literal) => literal.match(WORDS) ?? []).map((word) => word.toLowerCase());
}

function literals(sql: string): readonly string[] {
  return sqlTokens(sql).filter((token) => token.endsWith("'"));
}

function count(words: readonly string[], word: string): number {
  return words.filter((each) => each === word).length;
}
