import type { Column, Identity } from "./column.js";
import type { ForeignKey } from "./constraint.js";
import type { SchemaObject } from "./list-objects.js";
import { displayName } from "./object-name.js";
import type { Table } from "./table.js";

/** The table, then everything that belongs to it. */
export function listTableObjects(table: Table): readonly SchemaObject[] {
  const parent = displayName(table);
  const of = (kind: string, { name, uses: _uses, ...attributes }: { readonly name: string; readonly uses?: readonly string[] } & object): SchemaObject => ({
    kind,
    name: `${parent}.${name}`,
    parent,
    attributes,
  });
  return [
    {
      kind: "table",
      name: parent,
      parent: null,
      attributes: {
        unlogged: table.unlogged,
        "partitioned by": table.partitionBy,
        "partition of": table.partitionOf === null ? null : `${displayName(table.partitionOf.table)} ${table.partitionOf.bound}`,
        inherits: table.inherits.map(displayName),
        "foreign server": table.foreign === null ? null : { server: table.foreign.server, options: table.foreign.options },
        options: table.options,
        tablespace: table.tablespace,
        "access method": table.accessMethod,
        "row security": table.rowSecurity,
        "replica identity": table.replicaIdentity,
        comment: table.comment,
        owner: table.owner,
        grants: table.grants,
      },
      order: table.columns.map((column) => column.name),
    },
    ...table.columns.map((column) => of("column", flatColumn(column))),
    ...(table.primaryKey === null ? [] : [of("primary key", table.primaryKey)]),
    ...table.uniques.map((unique) => of("unique constraint", unique)),
    ...table.foreignKeys.map((foreignKey) => of("foreign key", flatForeignKey(foreignKey))),
    ...table.checks.map(({ print: _print, ...check }) => of("check constraint", check)),
    ...table.exclusions.map((exclusion) => of("exclusion constraint", exclusion)),
    ...table.indexes.map((index) => of("index", index)),
    ...table.triggers.map((trigger) => of("trigger", trigger)),
    ...table.policies.map((policy) => of("policy", policy)),
    ...table.rules.map((rule) => of("rule", rule)),
  ];
}

/** The name of an identity's sequence says nothing that a person would miss, but a dump shows it: it stays an attribute of its own. */
function flatColumn({ identity, generated, ...column }: Column): { readonly name: string } & SchemaObject["attributes"] {
  return {
    ...column,
    identity: identity?.generation ?? null,
    "identity sequence": identity === null ? null : flatSequence(identity),
    generated: generated === null ? null : `${generated.expression} ${generated.kind}`,
  };
}

/** Its owner is always the table's. */
function flatSequence({ sequence, options }: Identity): SchemaObject["attributes"] {
  return { name: displayName(sequence), ...options, comment: sequence.comment, grants: sequence.grants };
}

function flatForeignKey({ references, ...foreignKey }: ForeignKey): { readonly name: string } & SchemaObject["attributes"] {
  return { ...foreignKey, references: `${displayName(references.table)} (${references.columns.join(", ")})` };
}
