import { timeStamp } from "../revision/merge-revision.js";

const SLUG_LENGTH = 40;

/**
 * Returns a file-name part made of a message in any language: lower-case letters, digits and underscores; `ação` gives `acao`.
 * Empty when nothing of the message is left. `transliterate` turns any text into ASCII.
 */
export function slug(message: string, transliterate: (text: string) => string): string {
  const words = transliterate(message.normalize("NFKC"))
    .toLowerCase()
    .replace(/['’]/g, "")
    .split(/[^a-z0-9]+/)
    .filter((word) => word !== "");
  let result = "";
  for (const word of words) {
    const longer = result === "" ? word.slice(0, SLUG_LENGTH) : `${result}_${word}`;
    if (longer.length > SLUG_LENGTH) break;
    result = longer;
  }
  return result;
}

/** What a file-name pattern may ask for. */
export interface FileNameParts {
  readonly revision: string;
  readonly created: string;
  readonly slug: string;
}

/** Fills in `{time}`, `{id}`, `{slug}`, `{year}`, `{month}`, `{day}`, `{hour}`, `{minute}` and `{second}` (UTC); separators around what is empty go with it. */
export function fileName(pattern: string, parts: FileNameParts, extension: string): string {
  const time = timeStamp(parts.created);
  const [year, month, day, hour, minute, second] = [time.slice(0, 4), time.slice(4, 6), time.slice(6, 8), time.slice(8, 10), time.slice(10, 12), time.slice(12, 14)];
  const values: Readonly<Record<string, string | undefined>> = { time, id: parts.revision, slug: parts.slug, year, month, day, hour, minute, second };
  const name = pattern.replace(/\{(\w+)\}/g, (whole, key: string) => values[key] ?? whole);
  return `${name.replace(/^[_.-]+|[_.-]+$/g, "").replace(/__+/g, "_")}${extension}`;
}
