import { GmigError } from "../../errors.js";
import type { PropertyMeaning } from "../../schema/declared-schema.js";
import type { ObjectName } from "../../schema/object-name.js";
import type { TableSchema } from "../../schema/table-schema.js";
import type { FoundModel } from "./find-models.js";
import { type Identifier, parseTableName } from "./identifier.js";
import { classChain, type ModelClass } from "./model-class.js";
import { readJsonSchema } from "./read-json-schema.js";
import { readRelations, type ReadRelations } from "./read-relations.js";

/** What one model class says, in the database's names. */
export interface ReadModel extends ReadRelations {
  readonly model: string;
  readonly table: ObjectName;
  readonly tableSchema: TableSchema;
  /** By column. */
  readonly properties: ReadonlyMap<string, ReadProperty>;
  readonly idColumns: readonly string[];
  /** Whether the class or one it extends sets `idColumn` itself. */
  readonly idIsExplicit: boolean;
  /** Tells the column that the property of a column is written to, the same one where the model's mappers go both ways; null where nothing stands between them. */
  readonly writtenTo: ((column: string) => string) | null;
}

export interface ReadProperty {
  readonly property: string;
  readonly meaning: PropertyMeaning;
  readonly required: boolean;
}

/** Reads a model class; MODEL_INVALID, with the file, when the class itself throws. */
export function readModel({ model, file }: FoundModel, table: string, identifier: Identifier, defaultSchema: string): ReadModel {
  try {
    const name = parseTableName(table, identifier, defaultSchema);
    const mappings = model.getRelationMappings();
    const id = model.getIdColumn();
    return {
      model: model.name,
      table: name,
      tableSchema: model.tableSchema ?? {},
      properties: readProperties(model, new Set(Object.keys(mappings)), identifier),
      idColumns: id === null || id === undefined ? [] : (Array.isArray(id) ? id : [id]).map((column: string) => identifier(column)),
      idIsExplicit: classChain(model).some((each) => Object.hasOwn(each, "idColumn")),
      writtenTo: writtenBy(model),
      ...readRelations(model.name, name, mappings, identifier, defaultSchema),
    };
  } catch (cause) {
    const reason = cause instanceof Error ? cause.message : String(cause);
    throw new GmigError("MODEL_INVALID", `The model ${model.name} in ${file} can't be read: ${reason}`, { data: { model: model.name, file }, cause });
  }
}

/**
 * Refuses a property's name in `tableSchema.columns` where its column has another one, as under `snakeCaseMappers`: it would speak of a column that is not
 * there. MODEL_INVALID names every one.
 */
export function checkColumnNames({ model, tableSchema, properties }: ReadModel): void {
  const unknown = Object.keys(tableSchema.columns ?? {}).filter((name) => !properties.has(name));
  if (unknown.length === 0) return;
  const columnOf = new Map([...properties].map(([column, { property }]) => [property, column]));
  const bare = (name: string): string => name.replaceAll("_", "").toLowerCase();
  const wrong = unknown.flatMap((name) => {
    const column = columnOf.get(name);
    return column === undefined || bare(column) !== bare(name) ? [] : [{ name, column }];
  });
  if (wrong.length === 0) return;
  const names = wrong.map(({ name, column }) => `${column} in place of ${name}`).join(", ");
  throw new GmigError("MODEL_INVALID", `The model ${model}: tableSchema.columns has the database's names: ${names}`, { data: { model, columns: wrong.map(({ column }) => column) } });
}

function readProperties(model: ModelClass, relations: ReadonlySet<string>, identifier: Identifier): ReadonlyMap<string, ReadProperty> {
  const schema = model.getJsonSchema();
  if (schema === null || typeof schema !== "object") return new Map();
  const { properties, required } = readJsonSchema(schema);
  const virtual = new Set(model.getVirtualAttributes());
  const json = new Set(model.getJsonAttributes());
  const columnOf = columnFinder(model);
  const columns = [...properties].flatMap(([property, meaning]) => {
    const column = virtual.has(property) || relations.has(property) ? undefined : columnOf(property);
    if (column === undefined) return [];
    const read = { property, meaning: { asJson: json.has(property), ...meaning }, required: required.has(property) && !meaning.admitsNull };
    return [[identifier(column), read] as const];
  });
  return new Map(columns);
}

/** Tells the column that a property is written to: what `columnNameMappers` or the model's own `$formatDatabaseJson` make of it; none where that removes it. */
function columnFinder(model: ModelClass): (property: string) => string | undefined {
  if (writesAsIs(model)) return (property) => property;
  return (property) => {
    try {
      const added = new Set(Object.keys(new model().$formatDatabaseJson({})));
      for (const value of [null, "", {}]) {
        const written = Object.keys(new model().$formatDatabaseJson({ [property]: value })).filter((key) => !added.has(key));
        if (written[0] !== undefined) return written[0];
        if (added.has(property)) return property;
      }
      return undefined;
    } catch {
      return property; // It formats values that gmig can't guess.
    }
  };
}

/** What becomes of a column's name on the way to a property and back. Where the model's own methods remove it or can't tell, it stays what it is. */
function writtenBy(model: ModelClass): ((column: string) => string) | null {
  if (writesAsIs(model)) return null;
  const columnOf = columnFinder(model);
  return (column) => {
    try {
      return columnOf(model.columnNameToPropertyName(column)) ?? column;
    } catch {
      return column;
    }
  };
}

/** Whether neither mappers nor a method of the project's own stand between properties and columns. */
function writesAsIs(model: ModelClass): boolean {
  const root = Object.getPrototypeOf(classChain(model).at(-1) ?? model) as ModelClass;
  return model.columnNameMappers == null && model.prototype.$formatDatabaseJson === root.prototype.$formatDatabaseJson;
}
