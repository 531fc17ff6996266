import { displayName } from "../../schema/object-name.js";
import { findByName, type Schema } from "../../schema/schema.js";
import type { Sequence } from "../../schema/sequence.js";
import type { Table } from "../../schema/table.js";
import type { View } from "../../schema/view.js";
import type { Queryable } from "../queryable.js";
import { inTurn } from "./in-turn.js";
import { readAttachments, type Attachment } from "./read-attachments.js";
import { identityKey, readColumns, type IdentitySequences } from "./read-columns.js";
import { readConstraints, type ReadConstraint } from "./read-constraints.js";
import { readIndexes } from "./read-indexes.js";
import { readNamespaces } from "./read-namespaces.js";
import { readOthers } from "./read-others.js";
import { readRelations, type RelationRow } from "./read-relations.js";
import { readRoutines } from "./read-routines.js";
import { readTypes } from "./read-types.js";
import { withReadingSettings } from "./reading-settings.js";

export interface ReadSchemaOptions {
  /** The schemas to read; without it every one that is not PostgreSQL's own. */
  readonly schemas?: readonly string[] | undefined;
  /** The schemas whose objects stand bare in definitions: the first of `schemas`, or `public`. */
  readonly searchPath?: readonly string[] | undefined;
}

/**
 * Reads what the database is made of, in eleven queries whatever its size. `session` must be one connection, for the printing settings are
 * set on it meanwhile. Not of one moment unless the caller holds a repeatable-read transaction: a table dropped by others in between fails.
 */
export async function readSchema(session: Queryable, options: ReadSchemaOptions = {}): Promise<Schema> {
  const searchPath = options.searchPath ?? [options.schemas?.[0] ?? "public"];
  return withReadingSettings(session, searchPath, async (serverVersion) => {
    const { namespaces, extensions } = await readNamespaces(session, options.schemas);
    const names = namespaces.map((namespace) => namespace.name);
    const queries = inTurn(session);
    const reading = readRelations(queries, names);
    const columnsOf = readColumns(queries, names, reading.then(identitySequences));
    const [relations, columns, constraints, indexes, attachments, types, routines, others] = await Promise.all([
      reading,
      columnsOf,
      readConstraints(queries, names, serverVersion, columnsOf),
      readIndexes(queries, names, serverVersion, columnsOf),
      readAttachments(queries, names),
      readTypes(queries, names),
      readRoutines(queries, names),
      readOthers(queries, names),
    ]);
    const parts = { columns, constraints, indexes, attachments };
    return {
      serverVersion,
      searchPath,
      namespaces,
      extensions,
      tables: relations.filter(({ kind }) => "rpf".includes(kind)).map((row) => buildTable(row, parts)),
      views: relations.filter(({ kind }) => "vm".includes(kind)).map((row) => buildView(row, parts)),
      sequences: relations.flatMap(buildSequence),
      enums: types.enums,
      domains: types.domains,
      composites: types.composites,
      routines,
      others: [
        ...types.ranges.map(({ kind, definition, comment, ...name }) => ({ kind, name: displayName(name), definition, comment })),
        ...others,
      ],
    };
  });
}

interface Parts {
  readonly columns: Awaited<ReturnType<typeof readColumns>>;
  readonly constraints: ReadonlyMap<string, readonly ReadConstraint[]>;
  readonly indexes: Awaited<ReturnType<typeof readIndexes>>;
  readonly attachments: ReadonlyMap<string, readonly Attachment[]>;
}

function buildTable(row: RelationRow, parts: Parts): Table {
  const constraints = parts.constraints.get(row.id) ?? [];
  const attachments = parts.attachments.get(row.id) ?? [];
  const { schema, name, owner, grants, comment, unlogged, partitionBy, bound, parents, foreign, options } = row;
  const { tablespace, accessMethod, rowSecurity, replicaIdentity } = row;
  const [parent] = parents;
  return {
    schema, name, owner, grants, comment, unlogged, partitionBy, foreign, options, tablespace, accessMethod,
    rowSecurity, replicaIdentity,
    partitionOf: bound === null || parent === undefined ? null : { table: parent, bound },
    inherits: bound === null ? parents : [],
    columns: parts.columns.byRelation.get(row.id) ?? [],
    primaryKey: constraints.flatMap((each) => (each.type === "primary key" ? [each.constraint] : []))[0] ?? null,
    uniques: constraints.flatMap((each) => (each.type === "unique" ? [each.constraint] : [])),
    foreignKeys: constraints.flatMap((each) => (each.type === "foreign key" ? [each.constraint] : [])),
    checks: constraints.flatMap((each) => (each.type === "check" ? [each.constraint] : [])),
    exclusions: constraints.flatMap((each) => (each.type === "exclusion" ? [each.constraint] : [])),
    indexes: parts.indexes.get(row.id) ?? [],
    triggers: attachments.flatMap((each) => (each.type === "trigger" ? [each.attachment] : [])),
    policies: attachments.flatMap((each) => (each.type === "policy" ? [each.attachment] : [])),
    rules: attachments.flatMap((each) => (each.type === "rule" ? [each.attachment] : [])),
  };
}

function buildView(row: RelationRow, parts: Parts): View {
  const attachments = parts.attachments.get(row.id) ?? [];
  const { schema, name, owner, grants, comment, options, uses } = row;
  return {
    schema, name, owner, grants, comment, options, uses,
    materialized: row.kind === "m",
    definition: row.viewDefinition ?? "",
    columns: (parts.columns.byRelation.get(row.id) ?? []).map(({ name, type, comment }) => ({ name, type, comment })),
    indexes: parts.indexes.get(row.id) ?? [],
    triggers: attachments.flatMap((each) => (each.type === "trigger" ? [each.attachment] : [])),
    rules: attachments.flatMap((each) => (each.type === "rule" ? [each.attachment] : [])),
  };
}

function buildSequence(row: RelationRow): readonly Sequence[] {
  if (row.sequence === null || row.sequence.internal) return [];
  const { schema, name, owner, grants, comment, unlogged } = row;
  const { table, column, internal: _internal, ...options } = row.sequence;
  const ownedBy = table === null || column === null ? null : { table, column };
  return [{ schema, name, owner, grants, comment, unlogged, ...options, ownedBy }];
}

function identitySequences(relations: readonly RelationRow[]): IdentitySequences {
  const found = relations.flatMap(({ schema, name, owner, grants, comment, sequence }) => {
    if (sequence === null || !sequence.internal || sequence.table === null || sequence.column === null) return [];
    const { table, column, internal: _internal, ...options } = sequence;
    const id = findByName(relations, table)?.id ?? "";
    return [[identityKey(id, column), { sequence: { schema, name, owner, grants, comment }, options }] as const];
  });
  return new Map(found);
}
