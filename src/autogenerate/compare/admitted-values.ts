import type { Check } from "../../schema/constraint.js";
import { withoutParentheses } from "../../schema/expression.js";
import { quoteIdentifier } from "../../schema/identifier.js";

const LITERAL = /'((?:[^']|'')*)'(?:::(?:text|character varying|character|bpchar|citext)(?:\(\d+\))?)?/g;

/**
 * The strings that a check admits in its column, where it is a plain list of them as PostgreSQL prints it (`status = ANY (ARRAY['a'::text, …])`
 * or `(status = 'a') OR …`); `undefined` for any other check, which may admit whatever it likes.
 */
export function admittedValues(check: Check): readonly string[] | undefined {
  const [column, second] = check.uses;
  if (column === undefined || second !== undefined) return undefined;
  const name = quoteIdentifier(column).replaceAll(/[.*+?^${}()|[\]\\]/g, "\\$&");
  const operand = `(?:${name}|\\(${name}\\)::text)`;
  const list = new RegExp(`^${operand} = ANY \\((?:ARRAY\\[(.*)\\]|\\(ARRAY\\[(.*?)\\](?:::character varying\\[\\])?\\)::text\\[\\])\\)$`, "s");
  const text = withoutParentheses(check.expression);
  const found = list.exec(text);
  const inside = found?.[1] ?? found?.[2];
  if (inside !== undefined) return literals(inside, ", ");
  const alternatives = text.split(" OR ").map((part) => new RegExp(`^${operand} = (.*)$`, "s").exec(withoutParentheses(part))?.[1]);
  return alternatives.every((part) => part !== undefined) ? literals(alternatives.join(", "), ", ") : undefined;
}

/** The literals of a list, if it holds nothing else. */
function literals(text: string, separator: string): readonly string[] | undefined {
  const rest = text.replaceAll(LITERAL, "").replaceAll(separator, "");
  return rest === "" ? [...text.matchAll(LITERAL)].map((match) => (match[1] ?? "").replaceAll("''", "'")) : undefined;
}
