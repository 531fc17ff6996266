import { sqlTokens } from "./sql-tokens.js";

/**
 * An expression that PostgreSQL prints, in words that it reads as the very same expression. Its own print is not always such: it casts a list's
 * elements where the print casts the list (`a in ('x')` on a varchar), and flattens an `AND` that begins with another (`a between 1 and 2 and b`).
 * So one condition has two prints, before and after it was once read; both become the same text here.
 */
export function stableExpression(text: string): string {
  if (!text.includes("ARRAY[") && !text.includes("((")) return text;
  const literals: string[] = [];
  const masked = sqlTokens(text)
    .map((token) => (/^E?'|^"/.test(token) ? `\uE000${literals.push(token) - 1}\uE001` : token))
    .join("");
  return withCastLists(flat(masked)).replaceAll(/\uE000(\d+)\uE001/g, (_, place) => literals[Number(place)] ?? "");
}

const TYPE = String.raw`[\w. \uE000\uE001]+(?:\(\d+(?:,\d+)?\))?`;
const CAST_LIST = new RegExp(String.raw`\(ARRAY\[((?:\uE000\d+\uE001::${TYPE}(?:, )?)+)\]\)::(${TYPE}\[\])`, "g");
const LIST_OF_CASTS = new RegExp(String.raw`ARRAY\[((?:\(\uE000\d+\uE001::${TYPE}\)::${TYPE}(?:, )?)+)\]`, "g");

/** A list that is cast as a whole says its own type first, or the cast would go to the elements. */
function withCastLists(masked: string): string {
  return masked
    .replaceAll(LIST_OF_CASTS, (whole: string, inside: string) => {
      const parts = elements(inside).map((element) => new RegExp(`^\\((.*?::(${TYPE}))\\)::(${TYPE})$`).exec(element));
      const [first] = parts;
      const isOneType = parts.every((part) => part?.[2] === first?.[2] && part?.[3] === first?.[3]);
      return isOneType ? `(ARRAY[${parts.map((part) => part?.[1]).join(", ")}])::${first?.[3]}[]` : whole;
    })
    .replaceAll(CAST_LIST, (whole: string, inside: string, type: string) => {
      const types = new Set(elements(inside).map((element) => element.slice(element.indexOf("::") + 2)));
      const [own] = types;
      return types.size === 1 ? `(ARRAY[${inside}]::${own}[])::${type}` : whole;
    });
}

function elements(inside: string): readonly string[] {
  return inside.split(/, (?=\(?\uE000)/);
}

/** `((a AND b) AND c)` → `(a AND b AND c)`, and so for `OR`. */
function flat(masked: string): string {
  let text = masked;
  for (let start = text.indexOf("(("); start !== -1; start = text.indexOf("((", start)) {
    const end = closing(text, start + 1);
    const inside = text.slice(start + 2, end);
    const word = /^ (?:AND|OR) /.exec(text.slice(end + 1, end + 6))?.[0];
    if (word !== undefined && hasAtTop(inside, word)) text = `${text.slice(0, start + 1)}${inside}${text.slice(end + 1)}`;
    else start++;
  }
  return text;
}

function closing(text: string, opening: number): number {
  let depth = 0;
  for (let place = opening; place < text.length; place++) {
    if (text[place] === "(") depth++;
    else if (text[place] === ")" && --depth === 0) return place;
  }
  return text.length;
}

function hasAtTop(text: string, word: string): boolean {
  let depth = 0;
  for (let place = 0; place < text.length; place++) {
    if (text[place] === "(") depth++;
    else if (text[place] === ")") depth--;
    else if (depth === 0 && text.startsWith(word, place)) return true;
  }
  return false;
}
