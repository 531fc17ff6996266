/** SQL that is true where no extension owns the object. */
export function notOfExtension(catalogue: string, oid: string): string {
  return `not exists (select from pg_depend e where e.classid = '${catalogue}'::regclass and e.objid = ${oid} and e.deptype = 'e')`;
}

/** SQL for an access list as sorted text. */
export function grantsOf(acl: string): string {
  return `case when ${acl} is null then '{}' else array(select g::text from unnest(${acl}) g order by 1) end`;
}

/** SQL for an array of options, sorted. */
export function optionsOf(options: string): string {
  return `case when ${options} is null then '{}' else array(select o from unnest(${options}) o order by 1) end`;
}

/** SQL for the names behind column numbers, in the numbers' order. */
export function columnNames(numbers: string, relation: string): string {
  return `coalesce((select array_agg(a.attname::text order by listed.place) from unnest(${numbers}) with ordinality listed(number, place)
    join pg_attribute a on a.attrelid = ${relation} and a.attnum = listed.number), '{}')`;
}

/** SQL for the sorted names of the columns of `relation` that the object depends on. */
export function usedColumns(catalogue: string, oid: string, relation: string): string {
  return `array(select distinct used.attname::text from pg_depend use
    join pg_attribute used on used.attrelid = use.refobjid and used.attnum = use.refobjsubid
    where use.classid = '${catalogue}'::regclass and use.objid = ${oid} and use.refclassid = 'pg_class'::regclass
      and use.refobjid = ${relation} and use.refobjsubid > 0 order by 1)`;
}

/** SQL that joins the comment of an object, or of its part of this number, as `alias.description`. */
export function joinComment(alias: string, catalogue: string, oid: string, part = "0"): string {
  return `left join pg_description ${alias} on ${alias}.objoid = ${oid} and ${alias}.classoid = '${catalogue}'::regclass and ${alias}.objsubid = ${part}`;
}

/** Rows by the relation they belong to; those of one relation come together. */
export function groupByRelation<Row extends { readonly relation: string }, T>(
  rows: readonly Row[],
  build: (row: Row) => T,
): ReadonlyMap<string, readonly T[]> {
  const groups = new Map<string, T[]>();
  let last: string | undefined;
  let group: T[] = [];
  for (const row of rows) {
    if (row.relation !== last) {
      last = row.relation;
      group = [];
      groups.set(last, group);
    }
    group.push(build(row));
  }
  return groups;
}
