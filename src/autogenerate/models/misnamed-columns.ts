import type { DeclaredTable, MisnamedColumn } from "../../schema/declared-schema.js";
import type { ReadModel } from "./read-model.js";

/**
 * Finds the names in `idColumn` and joins that no property is written to: Objection takes them for columns as they are, and `columnNameMappers` write the
 * property of that name to another one. Where one of the models writes it, or `tableSchema` names it, it is a column.
 */
export function misnamedColumns(table: DeclaredTable, models: readonly ReadModel[]): readonly MisnamedColumn[] {
  const writers = models.flatMap(({ writtenTo }) => writtenTo ?? []);
  if (writers.length < models.length) return [];
  const isDeclared = (name: string): boolean => table.columns.some((column) => column.name === name && column.declared);
  const said = [
    ...models.flatMap(({ model, idColumns }) => idColumns.map((name) => [name, `${model}.idColumn`] as const)),
    ...table.relations.flatMap(({ columns, source }) => columns.map((name) => [name, source] as const)),
  ];
  return [...new Map(said)].flatMap(([name, source]) => {
    const [written, ...others] = writers.map((writtenTo) => writtenTo(name));
    if (written === undefined || [written, ...others].includes(name) || isDeclared(name)) return [];
    return [{ name, written, source }];
  });
}
