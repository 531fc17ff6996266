import { GmigError } from "../../errors.js";
import type { DeclaredColumn, DeclaredTable, PropertyMeaning } from "../../schema/declared-schema.js";
import { displayName } from "../../schema/object-name.js";
import type { ColumnSchema } from "../../schema/table-schema.js";
import { either } from "./read-json-schema.js";
import type { ReadModel } from "./read-model.js";
import { readTableSchema, type StatedTable } from "./read-table-schema.js";
import { distinctRelations, type Tie, tiedColumns } from "./tied-columns.js";

/** One table of the models that map it, and of the relations that lead from it. MODEL_INVALID, with every contradiction, when the models say different things of it. */
export function uniteModels(models: readonly [ReadModel, ...ReadModel[]], ties: readonly Tie[], defaultSchema: string): DeclaredTable {
  const [first] = models;
  const { schema, name } = first.table;
  const problems: string[] = [];
  const stated = models.map(({ tableSchema, table }) => readTableSchema(tableSchema, table, defaultSchema));
  const ids = models.filter(({ idIsExplicit }) => idIsExplicit);
  const idColumns = (ids[0] ?? first).idColumns;
  if (ids.some((model) => model.idColumns.join() !== idColumns.join())) problems.push(`idColumn is ${ids.map((model) => model.idColumns.join(", ")).join(" and ")}`);
  const notColumns = models.flatMap(({ tableSchema }) => Object.entries(tableSchema.columns ?? {}).flatMap(([name, column]) => (column === false ? [name] : [])));
  const columns = uniteColumns(models, notColumns, problems);
  const relations = distinctRelations(ties);
  const table: DeclaredTable = {
    schema, name,
    sources: models.map(({ model }) => model),
    columns: [...columns, ...tiedColumns(relations, columns, notColumns)],
    notColumns,
    idColumns,
    idIsExplicit: ids.length > 0,
    relations,
    // Last: of objects that begin with a spread, each of thousands would have a shape of its own in V8.
    ...uniteStated(stated, problems),
  };
  if (problems.length > 0) {
    const names = models.map(({ model }) => model).join(" and ");
    throw new GmigError("MODEL_INVALID", `${names} contradict each other on ${displayName(first.table)}: ${problems.join("; ")}`, {
      data: { table: displayName(first.table), models: models.map(({ model }) => model), problems },
    });
  }
  return table;
}

function uniteStated(stated: readonly StatedTable[], problems: string[]): StatedTable {
  const lists = ["uniques", "indexes", "foreignKeys", "checks", "exclusions"] as const;
  return stated.reduce((left, right) => {
    const merged: Record<string, unknown> = { ...left };
    for (const [key, value] of Object.entries(right)) {
      const before = merged[key];
      if (key === "managed") merged[key] = before === true && value === true;
      else if (key === "closed") merged[key] = before === true || value === true;
      else if (before === undefined) merged[key] = value;
      else if ((lists as readonly string[]).includes(key)) merged[key] = withoutDoubles([...(before as unknown[]), ...(value as unknown[])]);
      else if (JSON.stringify(before) !== JSON.stringify(value)) problems.push(`${key} is ${JSON.stringify(before)} and ${JSON.stringify(value)}`);
    }
    return merged as unknown as StatedTable;
  });
}

function withoutDoubles(parts: readonly unknown[]): readonly unknown[] {
  return [...new Map(parts.map((part) => [JSON.stringify(part), part])).values()];
}

function uniteColumns(models: readonly ReadModel[], notColumns: readonly string[], problems: string[]): readonly DeclaredColumn[] {
  const not = new Set(notColumns);
  const names = new Set(models.flatMap(({ properties, tableSchema }) => [...properties.keys(), ...Object.keys(tableSchema.columns ?? {})]));
  return [...names].filter((name) => !not.has(name)).map((name) => uniteColumn(name, models, problems));
}

function uniteColumn(name: string, models: readonly ReadModel[], problems: string[]): DeclaredColumn {
  const own = models.flatMap((model) => {
    const property = model.properties.get(name);
    const column = model.tableSchema.columns?.[name];
    return property === undefined && column === undefined ? [] : [{ model: model.model, property, stated: column === false ? {} : (column ?? {}) }];
  });
  const stated = uniteStatements(name, own.map((each) => each.stated), problems);
  const meanings = own.flatMap(({ property }) => property?.meaning ?? []);
  const told = meanings.filter(({ kinds }) => kinds.length > 0);
  if (told.length > 1 && stated.type === undefined && !told.some(({ kinds }) => told.every((other) => other.kinds.some((kind) => kinds.includes(kind))))) {
    problems.push(`column ${name} is ${told.map(({ kinds }) => kinds.join(" or ")).join(" and ")}`);
  }
  const [first] = own;
  const meaning = uniteMeanings(meanings);
  const source = `${first?.model ?? ""}.${first?.property?.property ?? name}`;
  const required = own.length === models.length && own.every(({ property }) => property?.required === true);
  return meaning === undefined ? { name, source, declared: true, stated, required } : { name, source, declared: true, stated, required, meaning };
}

/** What the models state of one column. */
function uniteStatements(name: string, statements: readonly ColumnSchema[], problems: string[]): ColumnSchema {
  const [first = {}, ...others] = statements;
  if (others.length === 0) return first;
  const stated: Record<string, unknown> = { ...first };
  for (const [key, value] of others.flatMap((each) => Object.entries(each))) {
    if (stated[key] !== undefined && JSON.stringify(stated[key]) !== JSON.stringify(value)) problems.push(`column ${name}: ${key} is ${JSON.stringify(stated[key])} and ${JSON.stringify(value)}`);
    stated[key] = value;
  }
  return stated;
}

/** What any of the models may write. A model whose schema names no type says nothing of it. */
function uniteMeanings(meanings: readonly PropertyMeaning[]): PropertyMeaning | undefined {
  if (meanings.length === 1) return meanings[0];
  const told = meanings.filter(({ kinds }) => kinds.length > 0);
  const [first, ...others] = told.length > 0 ? told : meanings;
  if (first === undefined) return undefined;
  const united = others.reduce<Omit<PropertyMeaning, "asJson">>(either, first);
  return { ...united, admitsNull: meanings.some(({ admitsNull }) => admitsNull), asJson: meanings.some(({ asJson }) => asJson) };
}
