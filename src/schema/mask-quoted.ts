import { sqlTokens } from "./sql-tokens.js";

/** SQL in which nothing is quoted any more, so that what its parentheses, commas and words mean can be told by looking. */
export interface MaskedSql {
  /** The text with a {@link QUOTED} in place of each literal and quoted name. */
  readonly text: string;
  /** Puts the literals and names back, into the text or a piece of it. */
  unmask(piece: string): string;
}

/** What stands for a literal or a quoted name, the same for the same, as the source of a regular expression: two characters that no SQL has, and a number between them. */
export const QUOTED = String.raw`\uE000\d+\uE001`;

/** The SQL with its literals and quoted names put aside. */
export function maskQuoted(sql: string): MaskedSql {
  const places = new Map<string, number>();
  const placeOf = (token: string): number => {
    const place = places.get(token) ?? places.size;
    places.set(token, place);
    return place;
  };
  const text = sqlTokens(sql)
    .map((token) => (/^E?'|^"/i.test(token) ? `\uE000${placeOf(token)}\uE001` : token))
    .join("");
  const quoted = [...places.keys()];
  return { text, unmask: (piece) => piece.replaceAll(/\uE000(\d+)\uE001/g, (_, place) => quoted[Number(place)] ?? "") };
}
