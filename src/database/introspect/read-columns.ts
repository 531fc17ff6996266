import type { Column, Identity } from "../../schema/column.js";
import { stableExpression } from "../../schema/stable-expression.js";
import type { Queryable } from "../queryable.js";
import { grantsOf, groupByRelation, joinComment, optionsOf } from "./catalogue-sql.js";

/** What most columns have nothing of: sent together, where there is any of it, because rows are many and each field of each costs. */
interface Unusual extends Pick<Column, "collation" | "storage" | "compression" | "statistics" | "options" | "grants" | "comment" | "inherited"> {
  readonly identity: "" | "a" | "d";
  readonly generated: "" | "s" | "v";
  readonly uses: readonly string[];
}

const USUAL: Unusual = { collation: null, storage: null, compression: null, statistics: null, options: [], grants: [], comment: null, inherited: false, identity: "", generated: "", uses: [] };

interface Row extends Pick<Column, "name" | "type" | "nullable" | "default"> {
  readonly relation: string;
  readonly number: number;
  /** {@link Unusual} as JSON. */
  readonly unusual: string | null;
}

// What a generated column refers to hangs on its expression from PostgreSQL 15 on, on the column itself before.
const USES = `array(
      select distinct used.attname::text from pg_depend use
      join pg_attribute used on used.attrelid = use.refobjid and used.attnum = use.refobjsubid
      where use.refclassid = 'pg_class'::regclass and use.refobjid = a.attrelid and use.refobjsubid not in (0, a.attnum)
        and (use.classid = 'pg_attrdef'::regclass and use.objid = d.oid
          or use.classid = 'pg_class'::regclass and use.objid = a.attrelid and use.objsubid = a.attnum)
      order by 1)`;

export const COLUMNS_SQL = `
  select a.attrelid::text as relation, a.attname::text as name, format_type(a.atttypid, a.atttypmod) as type,
    not a.attnotnull as nullable, pg_get_expr(d.adbin, d.adrelid) as default, a.attnum::int4 as number,
    case when a.attidentity <> '' or a.attgenerated <> '' or not a.attislocal or a.attcollation <> t.typcollation
        or a.attstorage <> t.typstorage or a.attcompression <> '' or a.attstattarget >= 0 or a.attoptions is not null or a.attacl is not null
        or o.description is not null
      then json_build_object(
        'identity', a.attidentity, 'generated', a.attgenerated, 'uses', case when a.attgenerated <> '' then ${USES} else '{}' end,
        'collation', case when a.attcollation <> t.typcollation then a.attcollation::regcollation::text end,
        'storage', case when a.attstorage <> t.typstorage then
          case a.attstorage when 'p' then 'plain' when 'e' then 'external' when 'x' then 'extended' else 'main' end end,
        'compression', case a.attcompression when 'p' then 'pglz' when 'l' then 'lz4' end,
        'statistics', nullif(a.attstattarget, -1), 'options', ${optionsOf("a.attoptions")}, 'grants', ${grantsOf("a.attacl")},
        'comment', o.description, 'inherited', not a.attislocal)::text end as unusual
  from pg_attribute a
  join pg_class c on c.oid = a.attrelid and c.relkind in ('r', 'p', 'f', 'v', 'm')
  join pg_namespace n on n.oid = c.relnamespace and n.nspname = any($1::text[])
  join pg_type t on t.oid = a.atttypid
  left join pg_attrdef d on d.adrelid = a.attrelid and d.adnum = a.attnum
  ${joinComment("o", "pg_class", "a.attrelid", "a.attnum")}
  where a.attnum > 0 and not a.attisdropped
  order by a.attrelid, a.attnum`;

/** The sequence behind each identity column, by `schema.table.column` in JSON. */
export type IdentitySequences = ReadonlyMap<string, Pick<Identity, "sequence" | "options">>;

/** Key of {@link IdentitySequences}. */
export function identityKey(relation: string, column: string): string {
  return `${relation} ${column}`;
}

/** What columns there are. */
export interface ReadColumns {
  /** By relation, in their own order. */
  readonly byRelation: ReadonlyMap<string, readonly Column[]>;
  /** The names behind column numbers of a relation, in the numbers' order; those of its system columns are left out. */
  readonly namesOf: (relation: string, numbers: readonly number[]) => readonly string[];
}

/** Reads the columns of tables and views; `sequences` tells the sequence behind an identity column. The query is on its way when this returns. */
export async function readColumns(
  session: Queryable,
  schemas: readonly string[],
  sequences: IdentitySequences | Promise<IdentitySequences>,
): Promise<ReadColumns> {
  const [rows, identities] = await Promise.all([session.query<Row>(COLUMNS_SQL, [schemas]), sequences]);
  const names = namesByNumber(rows);
  return {
    byRelation: groupByRelation(rows, (row) => build(row, identities)),
    namesOf: (relation, numbers) => {
      const own = names.get(relation) ?? [];
      return numbers.map((number) => own[number]).filter((name) => name !== undefined);
    },
  };
}

/** The names of each relation's columns, at the places that their numbers say. */
function namesByNumber(rows: readonly Row[]): ReadonlyMap<string, readonly (string | undefined)[]> {
  const names = new Map<string, string[]>();
  for (const { relation, number, name } of rows) {
    const own = names.get(relation) ?? [];
    own[number] = name;
    names.set(relation, own);
  }
  return names;
}

function build(row: Row, identities: IdentitySequences): Column {
  const { name, type, nullable } = row;
  const unusual = row.unusual === null ? USUAL : (JSON.parse(row.unusual) as Unusual);
  const { collation, storage, compression, statistics, options, grants, comment, inherited } = unusual;
  const behind = unusual.identity === "" ? undefined : identities.get(identityKey(row.relation, name));
  const identity: Identity | null = behind === undefined ? null : { generation: unusual.identity === "a" ? "always" : "by default", ...behind };
  const isGenerated = unusual.generated !== "" && row.default !== null;
  const kind = unusual.generated === "s" ? "stored" : "virtual";
  return {
    name, type, nullable,
    default: isGenerated || row.default === null ? null : stableExpression(row.default),
    identity,
    generated: isGenerated ? { expression: stableExpression(row.default ?? ""), uses: unusual.uses, kind } : null,
    collation, storage, compression, statistics, options, grants, comment, inherited,
  };
}
