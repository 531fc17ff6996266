import type { Hook } from "./hook-lines.js";

/** Why a file can't be edited, as it goes on after its name. */
export interface Refusal {
  readonly refused: string;
}

/** How a kind of file calls commands from Git's hooks. */
export interface HookFormat {
  /** Returns the text that calls gmig from a hook, before whatever else it calls there; the same text when it does so already. Null is a file that is not there. */
  put(text: string | null, hook: Hook): string | Refusal;
  /** Returns the text as it was before `put`; null when there was no file. Of several hooks in one file, the last that was put goes first. */
  drop(text: string, hook: Hook): string | null;
}

/** How a file stands to what this gmig would write. */
export type HookState = "current" | "outdated" | "missing";

/** Returns whether a file calls gmig from a hook, and as this gmig would have it. */
export function hookState(format: HookFormat, text: string | null, hook: Hook): HookState {
  if (text === null || format.drop(text, hook) === text) return "missing";
  return format.put(text, hook) === text ? "current" : "outdated";
}
