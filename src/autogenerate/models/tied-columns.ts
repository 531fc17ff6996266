import type { DeclaredColumn, DeclaredRelation } from "../../schema/declared-schema.js";
import type { ObjectName } from "../../schema/object-name.js";

/** A relation with the table whose columns lead elsewhere. */
export type Tie = DeclaredRelation & { readonly table: ObjectName };

/** The relations of one table, each once, whoever declares it. */
export function distinctRelations(ties: readonly Tie[]): readonly DeclaredRelation[] {
  const relations = ties.map(({ columns, references, source }): DeclaredRelation => ({ columns, references, source }));
  return relations.length < 2 ? relations : [...new Map(relations.map((relation) => [JSON.stringify([relation.columns, relation.references]), relation])).values()];
}

/** The columns of those that nobody describes, and that relations read nevertheless. */
export function tiedColumns(relations: readonly DeclaredRelation[], described: readonly DeclaredColumn[], notColumns: readonly string[]): readonly DeclaredColumn[] {
  const isKnown = (name: string): boolean => described.some((column) => column.name === name) || notColumns.includes(name);
  const sources = new Map(relations.flatMap(({ columns, source }) => columns.filter((name) => !isKnown(name)).map((name) => [name, source] as const)));
  return [...sources].map(([name, source]) => impliedColumn(name, source));
}

/** A column that nobody describes, but that a relation reads. */
export function impliedColumn(name: string, source: string): DeclaredColumn {
  return { name, source, declared: false, stated: {}, required: false };
}
