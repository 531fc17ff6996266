import type { Check } from "../../schema/constraint.js";
import { splitAtTop, withoutParentheses } from "../../schema/expression.js";
import { quoteIdentifier } from "../../schema/identifier.js";
import { maskQuoted, QUOTED, type MaskedSql } from "../../schema/mask-quoted.js";

/** What a check of listed strings admits in its column. */
export interface AdmittedValues {
  readonly values: readonly string[];
  /** What is compared with them: `s`, or `(s)::text`. */
  readonly operand: string;
  /** Whether it admits null in so many words. Every such check admits it: that `null in ('a')` is unknown is no offence. */
  readonly saysNull: boolean;
  /** The type whose `=` compares them, on which it depends which strings are the same. */
  readonly type: string;
}

/**
 * What a check admits, where it is a plain list of strings as PostgreSQL prints it (`s = ANY (ARRAY['a'::text, …])`, `s = ANY ('{a}'::text[])`,
 * `(s = 'a') OR …`, each with `OR (s IS NULL)`); `undefined` for any other check, which may admit whatever it likes.
 */
export function admittedValues(check: Check): AdmittedValues | undefined {
  if (!KNOWN.has(check)) KNOWN.set(check, readCheck(check));
  return KNOWN.get(check);
}

/** What was told of a check before: a comparison asks twice, and checks do not change. */
const KNOWN = new WeakMap<Check, AdmittedValues | undefined>();

function readCheck(check: Check): AdmittedValues | undefined {
  const [column, second] = check.uses;
  if (column === undefined || second !== undefined) return undefined;
  const masked = maskQuoted(check.expression);
  const name = quoteIdentifier(column);
  const parts = alternatives(masked.text).map((part) => readAlternative(part, name, masked));
  const lists = parts.filter((part) => typeof part === "object");
  const [first] = lists;
  const isPlain = parts.length === lists.length + parts.filter((part) => part === "null").length;
  if (!isPlain || first === undefined || !lists.every(({ type, operand }) => type === first.type && operand === first.operand)) return undefined;
  return { ...first, values: lists.flatMap(({ values }) => values), saysNull: parts.includes("null") };
}

/** Those of the values that a check does not admit: citext has no case, and a char no blanks at its end. */
export function notAdmitted({ values, type }: AdmittedValues, wanted: readonly string[]): readonly string[] {
  const essence = (value: string): string => (type === "citext" ? value.toLowerCase() : type === "bpchar" ? value.replace(/ +$/, "") : value);
  const admitted = new Set(values.map(essence));
  return wanted.filter((value) => !admitted.has(essence(value)));
}

function alternatives(masked: string): readonly string[] {
  const text = withoutParentheses(masked);
  const parts = splitAtTop(text, " OR ");
  return parts.length === 1 ? [text] : parts.flatMap(alternatives);
}

type List = Pick<AdmittedValues, "values" | "operand" | "type">;

function readAlternative(part: string, name: string, masked: MaskedSql): List | "null" | undefined {
  const isOperand = (text: string): boolean => text === name || text === `(${name})::text`;
  const [, tested] = /^(.*) IS NULL$/s.exec(part) ?? [];
  if (tested !== undefined) return isOperand(masked.unmask(tested)) ? "null" : undefined;
  const [, compared = "", right = ""] = /^(.*?) = (.*)$/s.exec(part) ?? [];
  const operand = masked.unmask(compared);
  const [, array, ownType, castType] = ARRAY_LITERAL.exec(right) ?? [];
  if (array !== undefined) {
    const values = arrayElements(textOf(array, masked));
    return isOperand(operand) && values !== undefined ? { operand, values, type: typeName(castType ?? ownType) } : undefined;
  }
  const list = ANY_OF.exec(right);
  const elements = splitAtTop(list?.[1] ?? list?.[2] ?? right, ", ").map((element) => readElement(element, masked));
  const known = elements.filter((element) => element !== undefined);
  const type = list?.[3] ?? known[0]?.type;
  if (!isOperand(operand) || type === undefined || known.length < elements.length) return undefined;
  return { operand, values: known.map(({ value }) => value), type };
}

const TYPE = "(?:text|character varying|character|bpchar|citext)";
const ARRAY_LITERAL = new RegExp(`^ANY \\(\\(?(${QUOTED})::(${TYPE})\\[\\](?:\\)::(${TYPE})\\[\\])?\\)$`);
const ANY_OF = new RegExp(`^ANY \\((?:ARRAY\\[(.*)\\]|\\(ARRAY\\[(.*?)\\](?:::${TYPE}\\[\\])?\\)::(${TYPE})\\[\\])\\)$`, "s");
const LITERAL = new RegExp(`^(${QUOTED})::(${TYPE})(?:\\((\\d+)\\))?$`);
const CAST = new RegExp(`^\\((.*)\\)::(${TYPE})(?:\\((\\d+)\\))?$`, "s");

/** A literal, with as many casts as PostgreSQL likes: `'a'::text`, `('a'::text)::character varying(3)`. */
function readElement(element: string, masked: MaskedSql): { readonly value: string; readonly type: string } | undefined {
  const [, quoted, plain = "", shortened] = LITERAL.exec(element) ?? [];
  const [, inside, last = "", cut] = CAST.exec(element) ?? [];
  const literal = quoted === undefined ? undefined : textOf(quoted, masked);
  const value = literal ?? (inside === undefined ? undefined : readElement(inside, masked)?.value);
  if (value === undefined) return undefined;
  const type = literal === undefined ? last : plain;
  const length = shortened ?? cut;
  return { value: length === undefined ? value : Array.from(value).slice(0, Number(length)).join(""), type: typeName(type) };
}

function typeName(type = ""): string {
  return type === "character" ? "bpchar" : type;
}

function textOf(quoted: string, masked: MaskedSql): string | undefined {
  return /^'(.*)'$/s.exec(masked.unmask(quoted))?.[1]?.replaceAll("''", "'");
}

/** The strings of an array as PostgreSQL prints it, if there are any and null is not among them. */
function arrayElements(text: string | undefined): readonly string[] | undefined {
  const inside = /^\{(.+)\}$/s.exec(text ?? "")?.[1];
  const found = [...(inside ?? "").matchAll(/(?:^|,)(?:"((?:[^"\\]|\\[^])*)"|([^,"{}\\\s]+))/g)];
  const isWhole = found.map(([whole]) => whole).join("") === inside;
  if (!isWhole || found.some(([, , bare]) => bare?.toUpperCase() === "NULL")) return undefined;
  return found.map(([, quoted, bare = ""]) => quoted?.replaceAll(/\\([^])/g, "$1") ?? bare);
}
