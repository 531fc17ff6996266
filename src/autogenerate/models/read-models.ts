import { GmigError } from "../../errors.js";
import type { DeclaredEnum, DeclaredSchema, DeclaredTable } from "../../schema/declared-schema.js";
import { displayName, isSameName, type ObjectName } from "../../schema/object-name.js";
import { checkNames } from "./check-names.js";
import { checkTableSchema } from "./check-table-schema.js";
import type { FoundModel } from "./find-models.js";
import type { Identifier } from "./identifier.js";
import { classChain, type ModelClass } from "./model-class.js";
import { misnamedColumns } from "./misnamed-columns.js";
import { checkColumnNames, readModel, type ReadModel } from "./read-model.js";
import type { JoinTable } from "./read-relations.js";
import { readEnums } from "./read-table-schema.js";
import { distinctRelations, impliedColumn, type Tie, tiedColumns } from "./tied-columns.js";
import { uniteModels } from "./unite-models.js";

export interface ReadModelsOptions {
  /** The schema of a table whose name has none: the first of those that are compared. */
  readonly defaultSchema: string;
  /** Knex's naming, where the project configures one; else names are the database's. */
  readonly identifier?: Identifier;
}

/** What all models together declare. MODEL_INVALID when one can't be read, says a name that PostgreSQL would cut, or when several contradict each other. */
export function readModels(found: readonly FoundModel[], options: ReadModelsOptions): DeclaredSchema {
  const { defaultSchema, identifier = (name: string) => name } = options;
  const models = found.flatMap((each) => {
    const table = tableOf(each.model);
    if (table === undefined || isAbstract(each.model, found)) return [];
    checkTableSchema(each.model.tableSchema ?? {}, each.model.name);
    const model = readModel(each, table, identifier, defaultSchema);
    checkColumnNames(model);
    return [model];
  });
  const groups = new Map<string, [ReadModel, ...ReadModel[]]>();
  for (const model of models) {
    const group = groups.get(displayName(model.table));
    if (group === undefined) groups.set(displayName(model.table), [model]);
    else group.push(model);
  }
  const joins = models.flatMap(({ joinTables }) => joinTables);
  const relations = withoutPolymorphic([
    ...models.flatMap((model) => model.relations),
    ...joins.flatMap((join) => join.relations.map((relation) => ({ ...relation, table: { schema: join.schema, name: join.name } }))),
  ]);
  const between = joins.filter((join, place) => !groups.has(displayName(join)) && joins.findIndex((each) => isSameName(each, join)) === place);
  const ties = tiesByTable(relations);
  const tiesOf = (table: ObjectName): readonly Tie[] => ties.get(displayName(table)) ?? [];
  const mapped = [...groups.values()].map((group) => {
    const table = uniteModels(group, tiesOf(group[0].table), defaultSchema);
    // Under Knex's own naming, names are not the database's, and those that the models' mappers make go through it too.
    return options.identifier === undefined ? withMisnamed(table, group) : table;
  });
  const declared: DeclaredSchema = {
    tables: [...mapped, ...between.map((join) => joinTable(join, joins, tiesOf(join)))],
    enums: uniteEnums(models, defaultSchema),
  };
  checkNames(declared);
  return declared;
}

/** The name, or `undefined` for a class that maps none. */
function tableOf(model: ModelClass): string | undefined {
  try {
    return model.getTableName();
  } catch {
    return undefined;
  }
}

/** A base class whose `tableName` is computed for those that extend it, and that says nothing else of a table. */
function isAbstract(model: ModelClass, found: readonly FoundModel[]): boolean {
  const isComputed = typeof Object.getOwnPropertyDescriptor(model, "tableName")?.get === "function";
  const saysMore = ["jsonSchema", "tableSchema", "relationMappings"].some((key) => Object.hasOwn(model, key));
  if (!isComputed || saysMore) return false;
  const own = tableOf(model);
  const heirs = found.filter((each) => each.model !== model && classChain(each.model).includes(model));
  return heirs.length > 0 && heirs.every((heir) => tableOf(heir.model) !== own);
}

/** Columns that lead to several tables lead to whichever a row says. */
function withoutPolymorphic(relations: readonly Tie[]): readonly Tie[] {
  const keyOf = ({ table, columns }: Tie): string => JSON.stringify([table.schema, table.name, columns]);
  const targets = new Map<string, Set<string>>();
  for (const relation of relations) {
    const key = keyOf(relation);
    targets.set(key, (targets.get(key) ?? new Set()).add(JSON.stringify(relation.references)));
  }
  return relations.filter((relation) => targets.get(keyOf(relation))?.size === 1);
}

/** A table between two others that no model maps. */
function joinTable({ schema, name, relations, extras }: JoinTable, all: readonly JoinTable[], ties: readonly Tie[]): DeclaredTable {
  const same = all.filter((each) => isSameName(each, { schema, name }));
  const [first] = relations;
  const columns = [...new Set([...extras, ...same.flatMap((each) => each.extras)])].map((extra) => impliedColumn(extra, first?.source ?? ""));
  const own = distinctRelations(ties);
  return {
    schema, name,
    sources: [], managed: true, closed: false, notColumns: [], relations: own, idIsExplicit: true,
    idColumns: [...new Set(relations.flatMap(({ columns }) => columns))],
    columns: [...columns, ...tiedColumns(own, columns, [])],
  };
}

/** The relations of each table, by its displayed name. */
function tiesByTable(relations: readonly Tie[]): ReadonlyMap<string, readonly Tie[]> {
  const byTable = new Map<string, Tie[]>();
  for (const relation of relations) {
    const own = byTable.get(displayName(relation.table));
    if (own === undefined) byTable.set(displayName(relation.table), [relation]);
    else own.push(relation);
  }
  return byTable;
}

function withMisnamed(table: DeclaredTable, models: readonly ReadModel[]): DeclaredTable {
  const misnamed = misnamedColumns(table, models);
  return misnamed.length === 0 ? table : { ...table, misnamed };
}

function uniteEnums(models: readonly ReadModel[], defaultSchema: string): readonly DeclaredEnum[] {
  const enums = models.flatMap(({ tableSchema, model }) => readEnums(tableSchema, defaultSchema, model));
  const united = new Map<string, DeclaredEnum>();
  for (const each of enums) {
    const name = displayName(each);
    const before = united.get(name);
    if (before !== undefined && before.values.join("\n") !== each.values.join("\n")) {
      throw new GmigError("MODEL_INVALID", `${before.source} and ${each.source} declare different values for the enum ${name}`);
    }
    united.set(name, before === undefined ? each : { ...before, ...each });
  }
  return [...united.values()];
}
