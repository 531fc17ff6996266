import { unquoteIdentifier } from "../../schema/identifier.js";
import type { IndexDefinition, IndexKey } from "../../schema/index-definition.js";
import type { Queryable } from "../queryable.js";
import { groupByRelation, optionsOf, usedColumns } from "./catalogue-sql.js";

interface Row extends Omit<IndexDefinition, "keys"> {
  readonly relation: string;
  readonly definition: string;
  readonly keys: string[];
  readonly numbers: string;
  readonly orders: string;
}

const sql = (version: number): string => `
  select i.indrelid::text as relation, c.relname::text as name, am.amname::text as method, i.indisunique as unique,
    ${version >= 150000 ? "i.indnullsnotdistinct" : "false"} as "nullsNotDistinct",
    pg_get_indexdef(i.indexrelid) as definition,
    array(select pg_get_indexdef(i.indexrelid, k, false) from generate_series(1, i.indnkeyatts) k) as keys,
    array(select pg_get_indexdef(i.indexrelid, k, false) from generate_series(i.indnkeyatts + 1, i.indnatts) k) as include,
    i.indkey::text as numbers, i.indoption::text as orders,
    pg_get_expr(i.indpred, i.indrelid) as predicate,
    ${usedColumns("pg_class", "i.indexrelid", "i.indrelid")} as uses, ${optionsOf("c.reloptions")} as options, ts.spcname::text as tablespace,
    obj_description(i.indexrelid, 'pg_class') as comment, i.indisvalid as valid, i.indisclustered as clustered
  from pg_index i
  join pg_class c on c.oid = i.indexrelid and not c.relispartition
  join pg_namespace n on n.oid = c.relnamespace and n.nspname = any($1::text[])
  join pg_am am on am.oid = c.relam
  left join pg_tablespace ts on ts.oid = c.reltablespace
  where not exists (select from pg_constraint k where k.conindid = i.indexrelid and k.contype in ('p', 'u', 'x'))
  order by i.indrelid, c.relname`;

/** Indexes by table, sorted by name, without those that belong to a constraint or that a partition has from its parent. */
export async function readIndexes(
  session: Queryable,
  schemas: readonly string[],
  serverVersion: number,
): Promise<ReadonlyMap<string, readonly IndexDefinition[]>> {
  const rows = await session.query<Row>(sql(serverVersion), [schemas]);
  return groupByRelation(rows, ({ relation: _relation, definition, keys, numbers, orders, ...index }) => ({
    ...index,
    include: index.include.map(unquoteIdentifier),
    keys: readKeys(index.method, definition, keys, numbers.split(" "), orders.split(" ").map(Number)),
  }));
}

/**
 * Takes collations and operator classes out of the whole definition, where PostgreSQL prints them only if they aren't the default: each
 * key's own text is known, so what stands between it and the next one is its own.
 */
function readKeys(
  method: string,
  definition: string,
  expressions: readonly string[],
  numbers: readonly string[],
  orders: readonly number[],
): readonly IndexKey[] {
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
      column: numbers[place] === "0" ? null : unquoteIdentifier(expression),
      expression,
      collation,
      operatorClass,
      descending: ((orders[place] ?? 0) & 1) === 1,
      nullsFirst: ((orders[place] ?? 0) & 2) === 2,
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
