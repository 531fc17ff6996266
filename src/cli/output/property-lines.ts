import type { Differences } from "../../workflow/differences.js";
import type { Style } from "../style.js";

/** Returns what is to be known where properties become columns: that one may be none, and how its model says so. */
export function propertyLines(properties: Differences["properties"], style: Style): readonly string[] {
  const [first] = properties;
  if (first === undefined) return [];
  const [model = ""] = first.property.split(".");
  return [style.dim(`Where it is no column, the model says so: in ${model}, ${style.line(`static tableSchema = { ${first.otherwise} }`)}`)];
}

/** Returns an operation with the property behind it. */
export function withProperty(operation: string, properties: Differences["properties"], style: Style): string {
  const behind = properties.find((each) => each.operation === operation);
  return behind === undefined ? style.line(operation) : `${style.line(operation)} ${style.dim(style.line(`(${behind.property})`))}`;
}
