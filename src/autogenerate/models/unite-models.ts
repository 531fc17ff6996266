import { GmigError } from "../../errors.js";
import type { DeclaredColumn, DeclaredTable, PropertyMeaning } from "../../schema/declared-schema.js";
import { displayName } from "../../schema/object-name.js";
import { either } from "./read-json-schema.js";
import type { ReadModel } from "./read-model.js";
import { readTableSchema, type StatedTable } from "./read-table-schema.js";

/** One table of the models that map it. MODEL_INVALID, with every contradiction, when they say different things of it. */
export function uniteModels(models: readonly [ReadModel, ...ReadModel[]], defaultSchema: string): DeclaredTable {
  const [first] = models;
  const problems: string[] = [];
  const stated = models.map(({ tableSchema, table }) => readTableSchema(tableSchema, table, defaultSchema));
  const ids = models.filter(({ idIsExplicit }) => idIsExplicit);
  const idColumns = (ids[0] ?? first).idColumns;
  if (ids.some((model) => model.idColumns.join() !== idColumns.join())) problems.push(`idColumn is ${ids.map((model) => model.idColumns.join(", ")).join(" and ")}`);
  const columns = uniteColumns(models, problems);
  const table: DeclaredTable = {
    ...first.table,
    ...uniteStated(stated, problems),
    sources: models.map(({ model }) => model),
    columns,
    notColumns: models.flatMap(({ tableSchema }) => Object.entries(tableSchema.columns ?? {}).flatMap(([name, column]) => (column === false ? [name] : []))),
    idColumns,
    idIsExplicit: ids.length > 0,
    relations: [],
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

function uniteColumns(models: readonly ReadModel[], problems: string[]): readonly DeclaredColumn[] {
  const not = new Set(models.flatMap(({ tableSchema }) => Object.entries(tableSchema.columns ?? {}).flatMap(([name, column]) => (column === false ? [name] : []))));
  const names = new Set(models.flatMap(({ properties, tableSchema }) => [...properties.keys(), ...Object.keys(tableSchema.columns ?? {})]));
  return [...names].filter((name) => !not.has(name)).map((name) => uniteColumn(name, models, problems));
}

function uniteColumn(name: string, models: readonly ReadModel[], problems: string[]): DeclaredColumn {
  const own = models.flatMap((model) => {
    const property = model.properties.get(name);
    const column = model.tableSchema.columns?.[name];
    return property === undefined && column === undefined ? [] : [{ model: model.model, property, stated: column === false ? {} : (column ?? {}) }];
  });
  const stated: Record<string, unknown> = {};
  for (const each of own) {
    for (const [key, value] of Object.entries(each.stated)) {
      if (stated[key] !== undefined && JSON.stringify(stated[key]) !== JSON.stringify(value)) problems.push(`column ${name}: ${key} is ${JSON.stringify(stated[key])} and ${JSON.stringify(value)}`);
      stated[key] = value;
    }
  }
  const meanings = own.flatMap(({ property }) => property?.meaning ?? []);
  const told = meanings.filter(({ kinds }) => kinds.length > 0);
  if (told.length > 1 && stated["type"] === undefined && !told.some(({ kinds }) => told.every((other) => other.kinds.some((kind) => kinds.includes(kind))))) {
    problems.push(`column ${name} is ${told.map(({ kinds }) => kinds.join(" or ")).join(" and ")}`);
  }
  const [first] = own;
  const meaning = uniteMeanings(meanings);
  return {
    name,
    source: `${first?.model ?? ""}.${first?.property?.property ?? name}`,
    declared: true,
    stated,
    ...(meaning === undefined ? {} : { meaning }),
    required: own.length === models.length && own.every(({ property }) => property?.required === true),
  };
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
