import type { Column } from "./column.js";
import type { IndexDefinition } from "./index-definition.js";
import { isSameName, quoteName, type ObjectName } from "./object-name.js";
import { sortByName } from "./change-schema.js";
import { renameInExpression } from "./rename-in-expression.js";
import type { Schema } from "./schema.js";
import { listConstraints, withConstraints, type TableConstraint } from "./table-constraint.js";
import type { Table } from "./table.js";

/** The schema after `ALTER TABLE … RENAME TO` or `SET SCHEMA`: whatever points to the table points to its new name, sequences of its own move along. */
export function renameTableIn(schema: Schema, from: ObjectName, to: ObjectName): Schema {
  const follow = <T extends ObjectName>(name: T): T =>
    isSameName(name, from) ? { ...name, schema: to.schema, name: to.name } : name;
  const tables = schema.tables.map((table): Table => {
    const renamed = follow(table);
    return {
      ...renamed,
      partitionOf: table.partitionOf === null ? null : { ...table.partitionOf, table: follow(table.partitionOf.table) },
      inherits: table.inherits.map(follow),
      foreignKeys: table.foreignKeys.map((key) => ({
        ...key,
        references: { ...key.references, table: follow(key.references.table) },
      })),
      triggers: table.triggers.map((trigger) => ({
        ...trigger,
        definition: trigger.definition.replace(` ON ${quoteName(from)} `, () => ` ON ${quoteName(to)} `),
      })),
      columns: renamed === table ? table.columns : table.columns.map((column) => moveIdentity(column, to.schema)),
    };
  });
  return {
    ...schema,
    tables: sortByName(tables),
    views: schema.views.map((view) => ({ ...view, uses: view.uses.map(follow) })),
    sequences: schema.sequences.map((sequence) =>
      sequence.ownedBy !== null && isSameName(sequence.ownedBy.table, from)
        ? { ...sequence, schema: to.schema, ownedBy: { ...sequence.ownedBy, table: follow(sequence.ownedBy.table) } }
        : sequence,
    ),
  };
}

function moveIdentity(column: Column, schema: string): Column {
  if (column.identity === null) return column;
  return { ...column, identity: { ...column.identity, sequence: { ...column.identity.sequence, schema } } };
}

/** The schema after `ALTER TABLE … RENAME COLUMN`; texts of expressions as {@link renameInExpression} has them. */
export function renameColumnIn(schema: Schema, table: ObjectName, from: string, to: string): Schema {
  return {
    ...schema,
    tables: schema.tables.map((each) => {
      const own = isSameName(each, table) ? renameInTable(each, from, to) : each;
      return { ...own, foreignKeys: own.foreignKeys.map((key) => followReference(key, table, from, to)) };
    }),
    views: schema.views.map((view) => ({
      ...view,
      uses: view.uses.map((use) => (isSameName(use, table) && use.column === from ? { ...use, column: to } : use)),
    })),
    sequences: schema.sequences.map((sequence) =>
      sequence.ownedBy !== null && isSameName(sequence.ownedBy.table, table) && sequence.ownedBy.column === from
        ? { ...sequence, ownedBy: { ...sequence.ownedBy, column: to } }
        : sequence,
    ),
  };
}

function followReference<Key extends Table["foreignKeys"][number]>(key: Key, table: ObjectName, from: string, to: string): Key {
  if (!isSameName(key.references.table, table)) return key;
  return { ...key, references: { ...key.references, columns: renamed(key.references.columns, from, to) } };
}

/** The table alone, after one of its columns was renamed. */
export function renameInTable(table: Table, from: string, to: string): Table {
  const inText = (text: string): string => renameInExpression(text, from, to);
  const changed = withConstraints(
    table,
    listConstraints(table).map((constraint) => renameInConstraint(constraint, from, to)),
  );
  return {
    ...changed,
    partitionBy: table.partitionBy === null ? null : inText(table.partitionBy),
    columns: table.columns.map((column) => ({
      ...column,
      name: column.name === from ? to : column.name,
      generated:
        column.generated === null
          ? null
          : {
              ...column.generated,
              expression: inText(column.generated.expression),
              uses: renamed(column.generated.uses, from, to).toSorted(),
            },
    })),
    indexes: table.indexes.map((index) => renameInIndex(index, from, to)),
    policies: table.policies.map((policy) => ({
      ...policy,
      using: policy.using === null ? null : inText(policy.using),
      check: policy.check === null ? null : inText(policy.check),
    })),
  };
}

function renameInConstraint(constraint: TableConstraint, from: string, to: string): TableConstraint {
  switch (constraint.type) {
    case "primary key":
    case "unique":
      return {
        ...constraint,
        columns: renamed(constraint.columns, from, to),
        include: renamed(constraint.include, from, to),
      };
    case "foreign key":
      return {
        ...constraint,
        columns: renamed(constraint.columns, from, to),
        onDeleteColumns: renamed(constraint.onDeleteColumns, from, to),
      };
    case "check":
      return {
        ...constraint,
        expression: renameInExpression(constraint.expression, from, to),
        ...(constraint.print === undefined ? {} : { print: renameInExpression(constraint.print, from, to) }),
        uses: renamed(constraint.uses, from, to).toSorted(),
      };
    case "exclusion":
      return {
        ...constraint,
        definition: renameInExpression(constraint.definition, from, to),
        uses: renamed(constraint.uses, from, to).toSorted(),
      };
  }
}

function renameInIndex(index: IndexDefinition, from: string, to: string): IndexDefinition {
  return {
    ...index,
    keys: index.keys.map((key) => ({
      ...key,
      column: key.column === from ? to : key.column,
      expression: renameInExpression(key.expression, from, to),
    })),
    include: renamed(index.include, from, to),
    predicate: index.predicate === null ? null : renameInExpression(index.predicate, from, to),
    uses: renamed(index.uses, from, to).toSorted(),
  };
}

function renamed(names: readonly string[], from: string, to: string): readonly string[] {
  return names.map((name) => (name === from ? to : name));
}
