import { styleText } from "node:util";
import { onOneLine, visible } from "./output/visible.js";

type Paint = (text: string) => string;

/** How the parts of a message look; plain where colours are off. */
export interface Style {
  readonly id: Paint;
  readonly label: Paint;
  readonly good: Paint;
  readonly bad: Paint;
  readonly warn: Paint;
  readonly dim: Paint;
  readonly bold: Paint;
  /** What somebody else wrote, on one line and without power over the terminal. */
  readonly message: Paint;
  /** A file's name, or a sentence that names one, on one line. */
  readonly line: Paint;
}

function oneLine(text: string): string {
  return visible(text.replace(/[\s\u0085]+/g, " "));
}

const plain: Paint = (text) => text;
const PLAIN: Style = { id: plain, label: plain, good: plain, bad: plain, warn: plain, dim: plain, bold: plain, message: oneLine, line: onOneLine };
const COLOURED: Style = {
  id: (text) => styleText("yellow", text),
  label: (text) => styleText("cyan", text),
  good: (text) => styleText("green", text),
  bad: (text) => styleText("red", text),
  warn: (text) => styleText("yellow", text),
  dim: (text) => styleText("dim", text),
  bold: (text) => styleText("bold", text),
  message: oneLine,
  line: onOneLine,
};

export function styleFor(coloured: boolean): Style {
  return coloured ? COLOURED : PLAIN;
}
