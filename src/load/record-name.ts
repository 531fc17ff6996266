import { fingerprint } from "./fingerprint.js";
import type { Snapshot } from "./snapshot.js";

/** Raised whenever the same sources come to be compiled otherwise, or are kept otherwise. */
const FORMAT = 3;

/** What the cache calls a source with the text that it has now. Texts that share a name are told apart by what is kept under it. */
export function recordName(source: string, snapshot: Snapshot): string {
  const text = snapshot.read(source) ?? "";
  return fingerprint(`${FORMAT}\n${source}\n${text.length}\n${glance(text)}`);
}

/** Some characters of a text, wide apart. */
function glance(text: string): string {
  const step = Math.ceil(text.length / 48);
  let seen = "";
  for (let at = 0; at < text.length; at += step) {
    seen += text[at];
  }
  return seen;
}
