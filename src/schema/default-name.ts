const LONGEST = 63;

/** Whether something else has the name. */
export type IsTaken = (name: string) => boolean;

/**
 * The name that PostgreSQL gives what has none: `users_email_key`, `orders_user_id_fkey`, `users_id_seq`. Too long a name loses bytes from
 * whichever of its first two parts is longer, as in PostgreSQL's makeObjectName; a name that is taken gets the next free number.
 */
export function defaultName(
  table: string,
  columns: string | null,
  label: string,
  isTaken: IsTaken = () => false,
): string {
  for (let number = 0; ; number++) {
    const name = shorten(table, columns, number === 0 ? label : `${label}${number}`);
    if (!isTaken(name)) return name;
  }
}

/** Columns as they stand in a name: joined, and cut as PostgreSQL's ChooseIndexNameAddition does. */
export function columnsInName(columns: readonly string[]): string {
  let joined = "";
  for (const column of columns) {
    joined = joined === "" ? column : `${joined}_${column}`;
    if (bytes(joined) >= LONGEST) break;
  }
  return cut(joined, LONGEST);
}

function shorten(first: string, second: string | null, label: string): string {
  const available = LONGEST - label.length - 1 - (second === null ? 0 : 1);
  let [ours, theirs] = [bytes(first), second === null ? 0 : bytes(second)];
  while (ours + theirs > available) {
    if (ours > theirs) ours--;
    else theirs--;
  }
  return [cut(first, ours), ...(second === null ? [] : [cut(second, theirs)]), label].join("_");
}

function bytes(text: string): number {
  return new TextEncoder().encode(text).length;
}

/** At most so many bytes of UTF-8, never half a character. */
function cut(text: string, most: number): string {
  let kept = "";
  let length = 0;
  for (const character of text) {
    length += bytes(character);
    if (length > most) break;
    kept += character;
  }
  return kept;
}
