import { quoteIdentifier } from "../schema/identifier.js";
import { quoteLiteral } from "../schema/literal.js";
import type { EnumType } from "../schema/type.js";
import type { EnumDependents } from "./alter-enum.js";
import { columnClause } from "./column-clause.js";
import { afterColumn } from "./column-statements.js";
import { constraintClause } from "./constraint-clause.js";
import { indexClause } from "./index-clause.js";
import type { Naming } from "./naming.js";

/** Makes the type anew under its name, with `type.values`, and moves every column over to it. */
export function recreateEnum(type: EnumType, dependents: EnumDependents, naming: Naming): readonly string[] {
  const { columns, generated, constraints, indexes } = dependents;
  const withDefault = columns.filter(({ column }) => column.default !== null);
  const old = { schema: type.schema, name: `${type.name}__old` };
  return [
    ...indexes.map(({ table, index }) => `drop index ${naming({ schema: table.schema, name: index.name })}`),
    ...constraints.map(({ table, constraint }) => `alter table ${naming(table)} drop constraint ${quoteIdentifier(constraint.name)}`),
    ...generated.map(({ table, column }) => `alter table ${naming(table)} drop column ${quoteIdentifier(column.name)}`),
    ...withDefault.map(({ table, column }) => `alter table ${naming(table)} alter column ${quoteIdentifier(column.name)} drop default`),
    `alter type ${naming(type)} rename to ${quoteIdentifier(old.name)}`,
    `create type ${naming(type)} as enum (${type.values.map(quoteLiteral).join(", ")})`,
    ...(type.comment === null ? [] : [`comment on type ${naming(type)} is ${quoteLiteral(type.comment)}`]),
    ...columns.map(({ table, column }) => {
      const brackets = /(\[\])*$/.exec(column.type)?.[0] ?? "";
      const name = quoteIdentifier(column.name);
      const target = naming(type) + brackets;
      return `alter table ${naming(table)} alter column ${name} type ${target} using ${name}::text${brackets}::${target}`;
    }),
    ...withDefault.map(
      ({ table, column }) =>
        `alter table ${naming(table)} alter column ${quoteIdentifier(column.name)} set default ${column.default}`,
    ),
    `drop type ${naming(old)}`,
    ...generated.flatMap(({ table, column }) => [
      `alter table ${naming(table)} add column ${quoteIdentifier(column.name)} ${columnClause(table, column, naming)}`,
      ...afterColumn(table, column, naming),
    ]),
    ...constraints.map(
      ({ table, constraint }) =>
        `alter table ${naming(table)} add constraint ${quoteIdentifier(constraint.name)} ${constraintClause(constraint, naming)}`,
    ),
    ...indexes.map(
      ({ table, index }) =>
        `create ${index.unique ? "unique " : ""}index ${quoteIdentifier(index.name)} ${indexClause(table, index, naming)}`,
    ),
  ];
}
