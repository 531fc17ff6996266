import { closingPlace, splitAtTop, withoutParentheses } from "./expression.js";
import { maskQuoted, QUOTED } from "./mask-quoted.js";

/**
 * An expression that PostgreSQL prints, in words that it reads as the very same expression. Its own print is not always such: it casts a list's
 * elements where the print casts the list (`a in ('x')` on a varchar), and flattens an `AND` that begins with another (`a between 1 and 2 and b`).
 * So one condition has two prints, before and after it was once read; both become the same text here.
 */
export function stableExpression(text: string): string {
  if (!text.includes("ARRAY[") && !text.includes("((")) return text;
  const masked = maskQuoted(text);
  return masked.unmask(withCastLists(flat(masked.text), true));
}

/**
 * A print in words that PostgreSQL reads and then prints as just this, where {@link stableExpression} has one text for several prints; the print
 * itself where that is so, or where no words are known that would be.
 */
export function faithfulExpression(print: string): string {
  if (!print.includes("ARRAY[") && !print.includes("((")) return print;
  const masked = maskQuoted(print);
  return masked.unmask(withCastLists(withBetween(masked.text), false));
}

const TYPE = String.raw`[\w. \uE000\uE001]+(?:\(\d+(?:,\d+)?\))?[\w. ]*`;
const CAST_OF_LIST = new RegExp(String.raw`^\]\)::(${TYPE})\[\]`);
const OWN_TYPE = new RegExp(String.raw`^\]::${TYPE}\[\]`);
const CONSTANT = new RegExp(`^(?:${QUOTED}|NULL)::(${TYPE})$`);
const CAST = new RegExp(String.raw`^\)::(${TYPE})$`);

/**
 * A list that is cast as a whole says its own type first, or the cast would go to the elements; they get it where the print does not tell the
 * own type. The last list comes first, so that one within another is settled before that is looked at. With `isStable`, a list that is cast element
 * by element becomes the same, and one whose elements do not show the type the other.
 */
function withCastLists(masked: string, isStable: boolean): string {
  let text = masked;
  for (let start = text.lastIndexOf("ARRAY["); start !== -1; start = start === 0 ? -1 : text.lastIndexOf("ARRAY[", start - 1)) {
    const end = closingPlace(text, start + 5);
    const elements = splitAtTop(text.slice(start + 6, end), ", ");
    const after = text.slice(end);
    if (OWN_TYPE.test(after) || elements.some((element) => element.startsWith("ARRAY["))) continue;
    const [whole, outer] = (text[start - 1] === "(" ? CAST_OF_LIST.exec(after) : null) ?? [];
    const list = outer === undefined ? (isStable ? listOfCasts(elements) : undefined) : (castList(elements, outer) ?? (isStable ? listWithCasts(elements, outer) : undefined));
    if (list !== undefined) text = `${text.slice(0, outer === undefined ? start : start - 1)}${list}${after.slice(whole?.length ?? 1)}`;
  }
  return text;
}

/** The list under its own type and a cast, if all elements show that type. */
function castList(elements: readonly string[], outer: string): string | undefined {
  const own = commonType(elements);
  return own === undefined ? undefined : `(ARRAY[${elements.join(", ")}]::${own}[])::${outer}[]`;
}

function listWithCasts(elements: readonly string[], outer: string): string {
  return `ARRAY[${elements.map((each) => `(${each})::${outer}`).join(", ")}]`;
}

/** A list each element of which is cast from one type to another, as a list that is. */
function listOfCasts(elements: readonly string[]): string | undefined {
  const outer = commonType(elements);
  const inside = elements.map((element) => element.startsWith("(") ? element.slice(1, closingPlace(element, 0)) : undefined).filter((each) => each !== undefined);
  return outer === undefined || inside.length < elements.length ? undefined : castList(inside, outer);
}

/** The type that all of the elements show, each as a constant or a cast. */
function commonType(elements: readonly string[]): string | undefined {
  const [own, ...others] = elements.map((element) => CONSTANT.exec(element)?.[1] ?? (element.startsWith("(") ? CAST.exec(element.slice(closingPlace(element, 0)))?.[1] : undefined));
  return others.every((type) => type === own) ? own : undefined;
}

/** `((a AND b) AND c)` → `(a AND b AND c)`, and so for `OR`. */
function flat(masked: string): string {
  return withFirstTerm(masked, (inside) => inside);
}

/** `(((a >= 1) AND (a <= 2)) AND b)` → `((a BETWEEN 1 AND 2) AND b)`, which is what such a print comes from; and so for `NOT BETWEEN`. */
function withBetween(masked: string): string {
  return withFirstTerm(masked, (inside, word) => {
    const isAnd = word === " AND ";
    const [least = [], most = [], third] = splitAtTop(inside, word).map((part, place) => splitAtTop(withoutParentheses(part), isAnd ? [" >= ", " <= "][place] ?? "" : [" < ", " > "][place] ?? ""));
    const isBetween = third === undefined && least.length === 2 && most.length === 2 && least[0] === most[0];
    return isBetween ? `(${least[0]}${isAnd ? "" : " NOT"} BETWEEN ${least[1]} AND ${most[1]})` : undefined;
  });
}

/** The expression with another text for each `(a AND b)` that is the first term of an `AND`, and so for `OR`; `undefined` leaves it. */
function withFirstTerm(masked: string, change: (inside: string, word: string) => string | undefined): string {
  let text = masked;
  for (let start = text.indexOf("(("); start !== -1; start = text.indexOf("((", start)) {
    const end = closingPlace(text, start + 1);
    const inside = text.slice(start + 2, end);
    const word = /^ (?:AND|OR) /.exec(text.slice(end + 1, end + 6))?.[0];
    const changed = word !== undefined && splitAtTop(inside, word).length > 1 ? change(inside, word) : undefined;
    if (changed === undefined) start++;
    else text = `${text.slice(0, start + 1)}${changed}${text.slice(end + 1)}`;
  }
  return text;
}
