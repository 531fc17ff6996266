import { quoteIdentifier } from "../../schema/identifier.js";
import type { IndexDefinition, IndexKey } from "../../schema/index-definition.js";
import { stableExpression } from "../../schema/stable-expression.js";
import type { Queryable } from "../queryable.js";
import { groupByRelation, joinComment, optionsOf, usedColumns } from "./catalogue-sql.js";
import type { ReadColumns } from "./read-columns.js";

/** What most indexes have nothing of: sent together, where there is any of it, and what there is of it, because rows are many and each field of each costs. */
interface Unusual extends Partial<Pick<IndexDefinition, "nullsNotDistinct" | "predicate" | "options" | "tablespace" | "comment" | "valid" | "clustered">> {
  /** The whole definition, and each key in it, where they tell more than the columns do. */
  readonly definition?: string;
  readonly keys?: readonly string[];
  /** Where an expression or predicate has columns too. */
  readonly uses?: readonly string[];
}

interface Row extends Pick<IndexDefinition, "name" | "method" | "unique"> {
  readonly relation: string;
  /** The columns by number, 0 for an expression; included ones last. */
  readonly numbers: string;
  readonly keyCount: number;
  /** For each key whether it descends (1) and has nulls first (2). */
  readonly orders: string;
  /** {@link Unusual} as JSON. */
  readonly unusual: string | null;
}

/** Types that stand for a family, and the text operators that `varchar` has for its own. */
const IS_USUAL = `oc.opcdefault and (oc.opcintype = ka.atttypid or oc.opcintype::regtype::text in ('anyarray', 'anyenum', 'anyrange', 'anymultirange')
  or oc.opcintype = 'text'::regtype and ka.atttypid = 'varchar'::regtype)`;

const HAS_MORE = `(i.indexprs is not null
  or exists (select from pg_attribute x where x.attrelid = i.indexrelid and x.attoptions is not null)
  or exists (select from generate_subscripts(i.indclass, 1) s join pg_opclass oc on oc.oid = i.indclass[s]
    join pg_attribute ka on ka.attrelid = i.indrelid and ka.attnum = i.indkey[s]
    where not (${IS_USUAL}) or i.indcollation[s] <> ka.attcollation))`;

export function indexesSql(version: number): string {
  const nullsNotDistinct = version >= 150000 ? "i.indnullsnotdistinct" : "false";
  return `
  select i.indrelid::text as relation, c.relname::text as name, am.amname::text as method, i.indisunique as unique,
    i.indkey::text as numbers, i.indnkeyatts::int4 as "keyCount", i.indoption::text as orders,
    case when more.has or ${nullsNotDistinct} or i.indpred is not null or c.reloptions is not null or ts.spcname is not null or o.description is not null
        or not i.indisvalid or i.indisclustered
      then json_strip_nulls(json_build_object(
        'nullsNotDistinct', nullif(${nullsNotDistinct}, false), 'predicate', pg_get_expr(i.indpred, i.indrelid),
        'options', case when c.reloptions is not null then ${optionsOf("c.reloptions")} end,
        'tablespace', ts.spcname, 'comment', o.description, 'valid', nullif(i.indisvalid, true), 'clustered', nullif(i.indisclustered, false),
        'definition', case when more.has then pg_get_indexdef(i.indexrelid) end,
        'keys', case when more.has then array(select pg_get_indexdef(i.indexrelid, k, false) from generate_series(1, i.indnkeyatts) k) end,
        'uses', case when i.indexprs is not null or i.indpred is not null then ${usedColumns("pg_class", "i.indexrelid", "i.indrelid")} end))::text end as unusual
  from pg_index i
  join pg_class c on c.oid = i.indexrelid and not c.relispartition
  join pg_namespace n on n.oid = c.relnamespace and n.nspname = any($1::text[])
  join pg_am am on am.oid = c.relam
  cross join lateral (select ${HAS_MORE} as has offset 0) more
  left join pg_tablespace ts on ts.oid = c.reltablespace
  ${joinComment("o", "pg_class", "i.indexrelid")}
  where not exists (select from pg_constraint k where k.conindid = i.indexrelid and k.contype in ('p', 'u', 'x'))
  order by i.indrelid, c.relname`;
}

/** Indexes by table, sorted by name, without those that belong to a constraint or that a partition has from its parent. The query is on its way when this returns. */
export async function readIndexes(
  session: Queryable,
  schemas: readonly string[],
  serverVersion: number,
  columns: ReadColumns | Promise<ReadColumns>,
): Promise<ReadonlyMap<string, readonly IndexDefinition[]>> {
  const [rows, known] = await Promise.all([session.query<Row>(indexesSql(serverVersion), [schemas]), columns]);
  return groupByRelation(rows, (row) => build(row, known));
}

function build(row: Row, { namesOf }: ReadColumns): IndexDefinition {
  const { name, method, unique } = row;
  const unusual: Unusual = row.unusual === null ? {} : (JSON.parse(row.unusual) as Unusual);
  const { nullsNotDistinct = false, predicate = null, options = [], tablespace = null, comment = null, valid = true, clustered = false, definition = null, keys, uses } = unusual;
  const numbers = row.numbers.split(" ").map(Number);
  const columns = numbers.map((number) => namesOf(row.relation, [number])[0] ?? null);
  const expressions = keys ?? columns.slice(0, row.keyCount).map((column) => quoteIdentifier(column ?? ""));
  return {
    name, method, unique, nullsNotDistinct,
    keys: readKeys(method, definition, expressions, columns, row.orders.split(" ").map(Number)),
    include: columns.slice(row.keyCount).flatMap((column) => column ?? []),
    predicate: predicate === null ? null : stableExpression(predicate),
    uses: uses ?? [...new Set(columns.flatMap((column) => column ?? []))].sort(),
    options, tablespace, comment, valid, clustered,
  };
}

/**
 * Takes collations and operator classes out of the whole definition, where PostgreSQL prints them only if they aren't the default: each
 * key's own text is known, so what stands between it and the next one is its own.
 */
function readKeys(
  method: string,
  definition: string | null,
  expressions: readonly string[],
  columns: readonly (string | null)[],
  orders: readonly number[],
): readonly IndexKey[] {
  const order = (place: number) => ({ descending: ((orders[place] ?? 0) & 1) === 1, nullsFirst: ((orders[place] ?? 0) & 2) === 2 });
  if (definition === null) {
    return expressions.map((expression, place) => ({
      column: columns[place] ?? null, expression: stableExpression(expression), collation: null, operatorClass: null, ...order(place),
    }));
  }
  const opening = ` USING ${method} (`;
  let position = definition.indexOf(opening + (expressions[0] ?? "")) + opening.length;
  return expressions.map((expression, place) => {
    position += expression.length;
    const next = expressions[place + 1];
    const end = next === undefined ? closingParenthesis(definition, position) : definition.indexOf(`, ${next}`, position);
    const decoration = definition.slice(position, end);
    position = end + 2;
    const [, collation = null, operatorClass = null] =
      /^(?: COLLATE ((?:"(?:[^"]|"")*"|[\w$])+(?:\.(?:"(?:[^"]|"")*"|[\w$]+))?))?(?: (?!ASC$|DESC\b|NULLS\b)(.+?))?(?: (?:ASC|DESC))?(?: NULLS (?:FIRST|LAST))?$/.exec(
        decoration,
      ) ?? [];
    return {
      column: columns[place] ?? null,
      expression: stableExpression(expression),
      collation,
      operatorClass,
      ...order(place),
    };
  });
}

function closingParenthesis(text: string, from: number): number {
  let depth = 0;
  for (let place = from; place < text.length; place++) {
    const character = text[place];
    if (character === "(") depth++;
    else if (character === ")" && depth-- === 0) return place;
  }
  return text.length;
}
