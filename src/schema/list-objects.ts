import { listTableObjects } from "./list-table-objects.js";
import { displayName, type ObjectName } from "./object-name.js";
import type { Owned } from "./owned.js";
import type { Schema } from "./schema.js";

/** Anything that JSON can hold: an attribute's value. */
export type AttributeValue = string | number | boolean | null | readonly AttributeValue[] | { readonly [key: string]: AttributeValue };

/** One object of a schema, flat: what can be told apart by kind and name, and what it is. */
export interface SchemaObject {
  /** `table`, `column`, `index`, `foreign key`, `function` … */
  readonly kind: string;
  /** `users`, `billing.invoices`; what belongs to a table or view `users.email`; a function with its arguments. */
  readonly name: string;
  /** Name of the table or view it belongs to and falls with. */
  readonly parent: string | null;
  readonly attributes: Readonly<Record<string, AttributeValue>>;
  /** The names of the columns in their order: what people call the same table whatever it is. */
  readonly order?: readonly string[];
}

/** Every object of the schema, those of a table right behind it. */
export function listObjects(schema: Schema): readonly SchemaObject[] {
  return [
    ...schema.namespaces.map(({ name, ...rest }) => plain("schema", name, rest)),
    ...schema.extensions.map(({ name, schema, version }) => plain("extension", name, { schema, version })),
    ...schema.enums.map((type) => named("enum type", type, { values: type.values })),
    ...schema.domains.map((type) =>
      named("domain", type, {
        type: type.type,
        nullable: type.nullable,
        default: type.default,
        collation: type.collation,
        checks: type.checks.map(({ name, expression, validated }) => ({ name, expression, validated })),
      }),
    ),
    ...schema.composites.map((type) =>
      named("composite type", type, {
        attributes: type.attributes.map(({ name, type, collation }) => ({ name, type, collation })),
      }),
    ),
    ...schema.sequences.map((sequence) => {
      const { type, start, increment, minimum, maximum, cache, cycle, unlogged, ownedBy } = sequence;
      return named("sequence", sequence, {
        type, start, increment, minimum, maximum, cache, cycle, unlogged,
        "owned by": ownedBy === null ? null : `${displayName(ownedBy.table)}.${ownedBy.column}`,
      });
    }),
    ...schema.routines.map((routine) => ({
      ...named(routine.kind, routine, { definition: routine.definition }),
      name: `${displayName(routine)}(${routine.arguments})`,
    })),
    ...schema.tables.flatMap(listTableObjects),
    ...schema.views.flatMap((view) => {
      const { materialized, definition, options } = view;
      const columns = view.columns.map(({ name, type, comment }) => ({ name, type, comment }));
      const parent = displayName(view);
      const attached = (kind: string, { name, ...rest }: { readonly name: string } & object): SchemaObject => ({
        ...plain(kind, `${parent}.${name}`, rest),
        parent,
      });
      return [
        named(materialized ? "materialized view" : "view", view, { definition, options, columns }),
        ...view.indexes.map(({ uses: _uses, ...index }) => attached("index", index)),
        ...view.triggers.map((trigger) => attached("trigger", trigger)),
        ...view.rules.map((rule) => attached("rule", rule)),
      ];
    }),
    ...schema.others.map(({ kind, name, ...rest }) => plain(kind, name, rest)),
  ];
}

function plain(kind: string, name: string, attributes: SchemaObject["attributes"]): SchemaObject {
  return { kind, name, parent: null, attributes };
}

function named(kind: string, object: ObjectName & Owned, attributes: SchemaObject["attributes"]): SchemaObject {
  const { owner, grants, comment } = object;
  return plain(kind, displayName(object), { ...attributes, comment, owner, grants });
}
