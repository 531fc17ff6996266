import type { Extension } from "./extension.js";
import type { ObjectName } from "./object-name.js";
import type { Owned } from "./owned.js";
import type { Routine } from "./routine.js";
import type { Sequence } from "./sequence.js";
import type { Table } from "./table.js";
import type { CompositeType, DomainType, EnumType } from "./type.js";
import type { View } from "./view.js";

/** A namespace, what SQL calls a schema. */
export interface Namespace extends Owned {
  readonly name: string;
}

/** An object of a kind that gmig only tells apart: a statistics object, a publication, a cast … */
export interface OtherObject {
  /** `statistics`, `publication`, `event trigger` … */
  readonly kind: string;
  readonly name: string;
  readonly definition: string;
  readonly comment: string | null;
}

/**
 * What a PostgreSQL database is made of, apart from rows and roles, read at one time. A plain value: two that were read from equal
 * databases are deeply equal, on whatever server version. Lists are sorted by schema and name.
 */
export interface Schema {
  /** `server_version_num` of where it was read: 140023, 180004. */
  readonly serverVersion: number;
  /** The name of the schema whose objects stand unqualified in definitions. */
  readonly searchPath: readonly string[];
  readonly namespaces: readonly Namespace[];
  readonly extensions: readonly Extension[];
  readonly tables: readonly Table[];
  readonly views: readonly View[];
  readonly sequences: readonly Sequence[];
  readonly enums: readonly EnumType[];
  readonly domains: readonly DomainType[];
  readonly composites: readonly CompositeType[];
  readonly routines: readonly Routine[];
  readonly others: readonly OtherObject[];
}

/** Objects by name, for lists that were looked into. */
const INDEXES = new WeakMap<readonly ObjectName[], ReadonlyMap<string, ReadonlyMap<string, ObjectName>>>();

/** Finds an object by its name. The list must be one that does not change any more: the way to each name in it is remembered. */
export function findByName<T extends ObjectName>(objects: readonly T[], { schema, name }: ObjectName): T | undefined {
  const index = INDEXES.get(objects) ?? indexOf(objects);
  INDEXES.set(objects, index);
  return index.get(schema)?.get(name) as T | undefined;
}

function indexOf(objects: readonly ObjectName[]): ReadonlyMap<string, ReadonlyMap<string, ObjectName>> {
  const index = new Map<string, Map<string, ObjectName>>();
  for (const object of objects) {
    const names = index.get(object.schema) ?? new Map<string, ObjectName>();
    index.set(object.schema, names.set(object.name, object));
  }
  return index;
}
