import type { DeclaredEnum, DeclaredSchema } from "../../schema/declared-schema.js";
import { insertByName } from "../../schema/change-schema.js";
import { quoteIdentifier, quoteIdentifiers } from "../../schema/identifier.js";
import { isSameName, quoteName, type ObjectName } from "../../schema/object-name.js";
import { findByName, type Schema } from "../../schema/schema.js";
import type { EnumType } from "../../schema/type.js";
import { columnKind } from "./column-kind.js";

/** The enum types that should be there: those declared exactly, and those of listed strings with the values that they lack. */
export function targetEnums(declared: DeclaredSchema, base: Schema, native: boolean): readonly EnumType[] {
  const stated = declared.enums.reduce(withStated, base.enums);
  return declared.tables.reduce((enums, table) => {
    const there = findByName(base.tables, table);
    return table.columns.reduce((known, column) => {
      const values = column.meaning?.values;
      if (values === undefined || values.length === 0 || column.stated.type !== undefined || !table.managed) return known;
      const own = there?.columns.find(({ name }) => name === column.name);
      const name = own === undefined ? (native ? nativeEnumName(table, column.name) : undefined) : columnKind(own.type, base).enumType;
      if (name === undefined || declared.enums.some((each) => isSameName(each, name))) return known;
      return withListed(known, name, values);
    }, enums);
  }, stated);
}

/** The enum type that a new column for a listed string gets: the table's name and the column's. */
export function nativeEnumName(table: ObjectName, column: string): ObjectName {
  return { schema: table.schema, name: `${table.name}_${column}` };
}

/** A type as a column's type, bare in the schema whose objects stand bare. */
export function typeInSql(name: ObjectName, bareSchema: string): string {
  return name.schema === bareSchema ? quoteIdentifier(name.name) : quoteName(name);
}

function withStated(enums: readonly EnumType[], { schema, name, values, comment }: DeclaredEnum): readonly EnumType[] {
  const there = findByName(enums, { schema, name });
  const wish: EnumType = {
    ...(there ?? { schema, name, owner: "", grants: [], comment: null, usedBy: [] }),
    values,
    ...(comment === undefined ? {} : { comment }),
  };
  return insertByName(enums.filter((each) => each !== there), wish);
}

/** Values that only a property lists come after those that are there. */
function withListed(enums: readonly EnumType[], name: ObjectName, values: readonly string[]): readonly EnumType[] {
  const there = findByName(enums, name);
  const known = there?.values ?? [];
  const missing = values.filter((value) => !known.includes(value));
  if (there !== undefined && missing.length === 0) return enums;
  const { schema } = name;
  return withStated(enums, { schema, name: name.name, values: [...known, ...missing], renamed: [], source: quoteIdentifiers([name.name]) });
}
