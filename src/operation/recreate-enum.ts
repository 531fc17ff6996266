import { quoteIdentifier } from "../schema/identifier.js";
import type { EnumType } from "../schema/type.js";
import type { EnumDependents } from "./alter-enum.js";
import { columnClause } from "./column-clause.js";
import { afterColumn } from "./column-statements.js";
import { addConstraint, dropConstraint } from "./constraint-existence.js";
import { createEnum } from "./enum-existence.js";
import { createIndex, dropIndex } from "./index-existence.js";
import type { Naming } from "./naming.js";
import { createRoutine, dropRoutine } from "./routine-statements.js";

/** Makes the type anew under its name, with `type.values`, and moves every column over to it. */
export function recreateEnum(type: EnumType, dependents: EnumDependents, naming: Naming): readonly string[] {
  const { columns, defaults, generated, indexes, routines } = dependents;
  const old = { schema: type.schema, name: `${type.name}__old` };
  const constraints = dependents.constraints.map((each) => ({ ...each, inTwoSteps: false }));
  const alterDefault = ({ table, column, only }: EnumDependents["defaults"][number]): string =>
    `alter table ${only ? "only " : ""}${naming(table)} alter column ${quoteIdentifier(column.name)}`;
  return [
    ...indexes.flatMap((each) => dropIndex.toSql({ kind: "drop index", concurrently: false, ...each }, naming)),
    ...constraints.flatMap((each) => dropConstraint.toSql({ kind: "drop constraint", ...each }, naming)),
    ...generated.map(({ table, column }) => `alter table ${naming(table)} drop column ${quoteIdentifier(column.name)}`),
    ...defaults.map((each) => `${alterDefault(each)} drop default`),
    ...routines.map((routine) => dropRoutine(routine, naming)),
    `alter type ${naming(type)} rename to ${quoteIdentifier(old.name)}`,
    ...createEnum.toSql({ kind: "create enum", type }, naming),
    ...columns.map(({ table, column }) => {
      const brackets = /(\[\])*$/.exec(column.type)?.[0] ?? "";
      const name = quoteIdentifier(column.name);
      const target = naming(type) + brackets;
      return `alter table ${naming(table)} alter column ${name} type ${target} using ${name}::text${brackets}::${target}`;
    }),
    ...makeRoutines(routines, naming),
    ...defaults.map((each) => `${alterDefault(each)} set default ${each.column.default}`),
    `drop type ${naming(old)}`,
    ...generated.flatMap(({ table, column }) => [
      `alter table ${naming(table)} add column ${quoteIdentifier(column.name)} ${columnClause(table, column, naming)}`,
      ...afterColumn(table, column, naming),
    ]),
    // A parent's check takes an equal one of a child in; the other way round the child's would be there already.
    ...constraints.toReversed().flatMap((each) => addConstraint.toSql({ kind: "add constraint", ...each }, naming)),
    ...indexes.flatMap((each) => createIndex.toSql({ kind: "create index", concurrently: false, ...each }, naming)),
  ];
}

/** Their bodies are not looked into, for they may call each other. */
function makeRoutines(routines: EnumDependents["routines"], naming: Naming): readonly string[] {
  if (routines.length === 0) return [];
  return ["set check_function_bodies = off", ...routines.flatMap((routine) => createRoutine(routine, naming)), "reset check_function_bodies"];
}
