import { quoteLiteral } from "./literal.js";
import { isSameName, type ObjectName } from "./object-name.js";
import type { Schema } from "./schema.js";
import { listConstraints, withConstraints, type TableConstraint } from "./table-constraint.js";

/** The schema after `ALTER TYPE … RENAME VALUE`. Texts that name the value follow, as PostgreSQL prints them from then on. */
export function renameEnumValueIn(schema: Schema, type: ObjectName, from: string, to: string): Schema {
  const [old, renamed] = [`${quoteLiteral(from)}::`, `${quoteLiteral(to)}::`];
  const isBare = type.schema === schema.searchPath[0];
  const names = [type.name, `"${type.name}"`].map((name) => (isBare ? name : `${type.schema}.${name}`));
  const inText = (text: string): string =>
    names.reduce((changed, name) => renameInArrays(changed.replaceAll(old + name, renamed + name), name, from, to), text);
  const inAny = (text: string | null): string | null => (text === null ? null : inText(text));
  const inConstraint = (constraint: TableConstraint): TableConstraint => {
    if (constraint.type === "check") {
      const { print } = constraint;
      return { ...constraint, expression: inText(constraint.expression), ...(print === undefined ? {} : { print: inText(print) }) };
    }
    return constraint.type === "exclusion" ? { ...constraint, definition: inText(constraint.definition) } : constraint;
  };
  return {
    ...schema,
    enums: schema.enums.map((each) =>
      isSameName(each, type) ? { ...each, values: each.values.map((value) => (value === from ? to : value)) } : each,
    ),
    tables: schema.tables.map((table) => ({
      ...withConstraints(table, listConstraints(table).map(inConstraint)),
      columns: table.columns.map((column) => ({
        ...column,
        default: inAny(column.default),
        generated: column.generated === null ? null : { ...column.generated, expression: inText(column.generated.expression) },
      })),
      indexes: table.indexes.map((index) => ({
        ...index,
        keys: index.keys.map((key) => ({ ...key, expression: inText(key.expression) })),
        predicate: inAny(index.predicate),
      })),
    })),
  };
}

/** `'{ok,sad}'::mood[]`, where the elements need no quotes. */
function renameInArrays(text: string, type: string, from: string, to: string): string {
  return text
    .split(/('\{[^'{}]*\}')/)
    .map((part, place, parts) => {
      const isArray = place % 2 === 1 && parts[place + 1]?.startsWith(`::${type}[]`) === true;
      return isArray ? `'{${part.slice(2, -2).split(",").map((element) => (element === from ? to : element)).join(",")}}'` : part;
    })
    .join("");
}
