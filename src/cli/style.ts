import { styleText } from "node:util";

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
}

const plain: Paint = (text) => text;
const PLAIN: Style = { id: plain, label: plain, good: plain, bad: plain, warn: plain, dim: plain, bold: plain };
const COLOURED: Style = {
  id: (text) => styleText("yellow", text),
  label: (text) => styleText("cyan", text),
  good: (text) => styleText("green", text),
  bad: (text) => styleText("red", text),
  warn: (text) => styleText("yellow", text),
  dim: (text) => styleText("dim", text),
  bold: (text) => styleText("bold", text),
};

export function styleFor(coloured: boolean): Style {
  return coloured ? COLOURED : PLAIN;
}
