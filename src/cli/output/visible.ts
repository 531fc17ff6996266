/** What follows the escape in this program's own styles; everything else that steers a terminal came with somebody's text. */
const OWN_STYLE = /^\[(?:1|2|22|3[1236]|39)m/;

/** Control characters, and those that turn the direction of writing. */
const STEERING = /[\p{Cc}\u202a-\u202e\u2066-\u2069]/gu;

function isHarmless(character: string, rest: string, styled: boolean): boolean {
  if (character === "\n" || character === "\t") return true;
  if (character === "\r") return rest.startsWith("\n");
  return character === "\u001b" && styled && OWN_STYLE.test(rest);
}

/**
 * Returns a text for a terminal in which file names, messages and revisions' texts can neither steer it nor hide anything: such characters are written
 * out, as `\x1b`. With `styled` the styles stay that `styleFor` makes.
 */
export function visible(text: string, styled = false): string {
  return text.replace(STEERING, (character, offset: number) => {
    if (isHarmless(character, text.slice(offset + 1, offset + 6), styled)) return character;
    const code = character.charCodeAt(0);
    return code < 256 ? `\\x${code.toString(16).padStart(2, "0")}` : `\\u${code.toString(16)}`;
  });
}

/** Returns a text on one line: an end of line in the name of a file is written out too, so that nothing of it can pass for a line of gmig's own. */
export function onOneLine(text: string): string {
  return visible(text.replaceAll("\n", "\\x0a"));
}
