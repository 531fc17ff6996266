import * as fc from "fast-check";
import type { TableSchema } from "../../src/schema/table-schema.js";
import type { Tables } from "./changes/change.js";

/** A type with defaults that fit it, collations if it can have them, and whether B-trees sort it. */
const TYPES: readonly (readonly [type: string, defaults: readonly string[], isText?: boolean])[] = [
  ["integer", ["0", "-1", "1 + 1"]],
  ["bigint", ["7"]],
  ["smallint", ["1"]],
  ["numeric(12,2)", ["0", "1.50"]],
  ["double precision", ["0.5"]],
  ["text", ["'a'", "'it''s \"?\" \\'", "upper('x')"], true],
  ["varchar(40)", ["'v'"], true],
  ["boolean", ["true", "false"]],
  ["date", ["current_date", "'2024-02-01'"]],
  ["timestamptz", ["now()"]],
  ["timestamptz(3)", ["now()"]],
  ["uuid", ["gen_random_uuid()"]],
  ["text[]", ["'{}'", "array['a', 'b']"]],
  ["mood", ["'sad'"]],
];

const COLUMNS = ["a", "b", "Cc", "d e", "order", "f"] as const;
const TABLES = ["t", "Uu", "v w", "side.x"] as const;
const MOODS = ["sad", "ok", "it's", "glad"] as const;

interface RandomColumn {
  readonly type: string;
  readonly nullable: boolean;
  readonly default: string | null;
  readonly collation: string | null;
  readonly comment: string | null;
}

const column: fc.Arbitrary<RandomColumn> = fc.constantFrom(...TYPES).chain(([type, defaults, isText = false]) =>
  fc.record({
    type: fc.constant(type),
    nullable: fc.boolean(),
    default: fc.option(fc.constantFrom(...defaults)),
    collation: isText ? fc.option(fc.constantFrom("C", "POSIX")) : fc.constant(null),
    comment: fc.option(fc.constantFrom("one", "it's `two` ?\n${x}"), { freq: 8 }),
  }),
);

/** What stands beside the columns, as picks that are made to fit the columns that there are. */
const rest = fc.record({
  keyKind: fc.constantFrom("none", "identity", "uuid", "composite"),
  uniques: fc.array(fc.record({ picks: picks(), deferrable: fc.constantFrom<false | true | "initially deferred">(false, true, "initially deferred"), include: fc.boolean() }), { maxLength: 2 }),
  indexes: fc.array(fc.record({ picks: picks(), desc: fc.boolean(), method: fc.constantFrom("btree", "hash", "brin"), where: fc.boolean(), expression: fc.boolean(), named: fc.boolean() }), { maxLength: 3 }),
  checks: fc.array(fc.record({ pick: fc.nat(20), which: fc.nat(5), named: fc.boolean() }), { maxLength: 2 }),
  foreignKeys: fc.array(fc.record({ target: fc.nat(20), onDelete: fc.constantFrom("no action", "cascade", "set null"), deferrable: fc.boolean() }), { maxLength: 2 }),
  exclusion: fc.boolean(),
  generated: fc.boolean(),
  comment: fc.option(fc.constantFrom("a table", "it's ?")),
  unlogged: fc.boolean(),
  fillfactor: fc.option(fc.constantFrom(50, 90)),
});

function picks(): fc.Arbitrary<readonly number[]> {
  return fc.array(fc.nat(20), { minLength: 1, maxLength: 3 });
}

type Rest = typeof rest extends fc.Arbitrary<infer T> ? T : never;
type Drafts = Readonly<Record<string, { readonly columns: Readonly<Record<string, RandomColumn>>; readonly rest: Rest }>>;

/** Random models of a whole small database, which PostgreSQL accepts. */
export const randomTables: fc.Arbitrary<Tables> = fc
  .tuple(
    fc.dictionary(fc.constantFrom(...TABLES), fc.record({ columns: fc.dictionary(fc.constantFrom(...COLUMNS), column, { minKeys: 1 }), rest }), { minKeys: 1 }),
    fc.uniqueArray(fc.constantFrom(...MOODS.slice(1)), { maxLength: 3 }),
  )
  .map(([drafts, moods]) => build(drafts, ["sad", ...moods]));

function build(drafts: Drafts, moods: readonly string[]): Tables {
  return Object.fromEntries(Object.entries(drafts).map(([name, draft]) => [name, buildTable(name, draft, drafts, moods)]));
}

function buildTable(table: string, { columns, rest }: Drafts[string], drafts: Drafts, moods: readonly string[]): TableSchema {
  const names = Object.keys(columns);
  const chosen = (numbers: readonly number[]): readonly string[] => [...new Set(numbers.map((number) => names[number % names.length] ?? "a"))];
  const sortable = (list: readonly string[]): readonly string[] => list;
  const texts = names.filter((name) => ["text", "varchar(40)"].includes(columns[name]?.type ?? ""));
  const quoted = (name: string): string => `"${name}"`;
  const key: readonly string[] = { none: [], identity: ["id"], uuid: ["id"], composite: ["id", names[0] ?? "a"] }[rest.keyKind];
  const targets = Object.entries(drafts).filter(([, draft]) => draft.rest.keyKind === "identity");
  type Reference = { readonly column: string; readonly table: string; readonly onDelete: string; readonly deferrable: boolean };
  const references: readonly Reference[] = rest.foreignKeys.flatMap(({ target, ...actions }, place) => {
    const far = targets[target % Math.max(1, targets.length)];
    return far === undefined ? [] : [{ column: `ref${place}`, table: far[0], ...actions }];
  });
  return {
    columns: {
      ...(rest.keyKind === "uuid" ? { id: { type: "uuid", nullable: false, default: "gen_random_uuid()", identity: null, generated: null } } : {}),
      ...(rest.keyKind === "identity" ? { id: { type: "integer", identity: "by default", generated: null } } : {}),
      ...(rest.keyKind === "composite" ? { id: { type: "bigint", nullable: false, default: null, identity: null, generated: null } } : {}),
      ...Object.fromEntries(
        Object.entries(columns).map(([name, each]) => [name, { ...each, nullable: key.includes(name) ? false : each.nullable, identity: null, generated: null }]),
      ),
      ...Object.fromEntries(references.map(({ column }) => [column, { type: "integer", nullable: true, default: null, identity: null, generated: null }])),
      ...(rest.generated && texts[0] !== undefined ? { made: { type: "text", generated: `coalesce(${quoted(texts[0])}, '?') || 'x'` } } : {}),
    },
    primaryKey: key.length === 0 ? null : key,
    uniques: uniqueBy(rest.uniques.map(({ picks, deferrable, include }) => ({ columns: sortable(chosen(picks)), deferrable, ...(include ? { include: [names[0] ?? "a"] } : {}) }))),
    indexes: rest.indexes.map(({ picks, desc, method, where, expression, named }, place) => {
      const list = method === "btree" ? chosen(picks) : chosen(picks).slice(0, 1);
      const text = texts[0];
      const isExpression = expression && text !== undefined && method === "btree";
      return {
        ...(named ? { name: `${table.replaceAll(".", "_")} index ${place}` } : {}),
        method: list.some((name) => columns[name]?.type === "boolean" || columns[name]?.type === "text[]" || columns[name]?.type === "mood") && method === "brin" ? "btree" : method,
        columns: list.map((column) => (desc && method === "btree" ? { column, order: "desc" as const } : column)),
        ...(isExpression ? { expressions: [`lower(${quoted(text)})`, `${quoted(text)} || '?'`] } : {}),
        ...(where ? { where: `${quoted(names[0] ?? "a")} is not null` } : {}),
      };
    }),
    checks: rest.checks.map(({ pick, which, named }, place) => {
      const name = quoted(names[pick % names.length] ?? "a");
      const second = quoted(names[(pick + 1) % names.length] ?? "a");
      const text = texts[0] === undefined ? "'x'" : quoted(texts[0]);
      const kinds = [`${name} is not null or true`, `${name}::text <> 'x?'`, `${name} is null or ${second} is not null`];
      const printedTwice = [`${text} in ('x', 'it''s')`, `${text} between 'a' and 'z' and ${name} is not null`, `${text} is null or ${text} in ('a'::varchar, 'b'::text)`];
      const expression = [...kinds, ...printedTwice][which] ?? "true";
      return { expression, ...(named ? { name: `check ${place}` } : {}) };
    }),
    foreignKeys: references.map(({ column, table: target, onDelete, deferrable }) => ({
      columns: [column], references: { table: target, columns: ["id"] }, onDelete: onDelete as "cascade", deferrable,
    })),
    excludes: rest.exclusion ? [{ method: "btree", elements: [[names[0] ?? "a", "="]], where: `${quoted(names[0] ?? "a")} is not null` }] : [],
    enums: { mood: moods },
    comment: rest.comment,
    unlogged: rest.unlogged && references.length === 0 && rest.keyKind !== "identity",
    options: rest.fillfactor === null ? {} : { fillfactor: rest.fillfactor },
    closed: true,
  };
}

/** Two unnamed constraints of one definition can't be told apart. */
function uniqueBy<T>(list: readonly T[]): readonly T[] {
  return [...new Map(list.map((each) => [JSON.stringify(each), each])).values()];
}
