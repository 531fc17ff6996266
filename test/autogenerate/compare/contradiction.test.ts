import { suite } from "uvu";
import * as assert from "uvu/assert";
import { contradiction } from "../../../src/autogenerate/compare/contradiction.js";
import { newColumnType } from "../../../src/autogenerate/compare/new-column-type.js";
import { readJsonSchema } from "../../../src/autogenerate/models/read-json-schema.js";
import type { PropertyMeaning } from "../../../src/schema/declared-schema.js";
import type { Schema } from "../../../src/schema/schema.js";

const test = suite("compare/contradiction");

const owned = { owner: "", grants: [], comment: null };
const SCHEMA: Schema = {
  serverVersion: 160000, searchPath: ["public"], namespaces: [], extensions: [], tables: [], views: [], sequences: [], composites: [], routines: [], others: [],
  enums: [{ schema: "public", name: "mood", values: ["sad"], usedBy: [], ...owned }, { schema: "other", name: "Odd Kind", values: [], usedBy: [], ...owned }],
  domains: [{ schema: "public", name: "short", type: "character varying(10)", nullable: true, default: null, collation: null, checks: [], ...owned }],
};

function meaning(schema: object, asJson = false): PropertyMeaning {
  const read = readJsonSchema({ properties: { it: schema } }).properties.get("it");
  assert.ok(read);
  return { ...read, asJson };
}

const INTEGERS = ["smallint", "integer", "bigint", "numeric", "oid"];
const FLOATS = ["real", "double precision", "numeric"];
const TEXTS = ["text", "character varying(255)", "character varying", "citext", "character(50)"];
const MOMENTS = ["timestamp with time zone", "timestamp(3) without time zone", "date"];
const TEXT_FORMS = [...MOMENTS, "uuid", "time without time zone", "interval", "inet", "cidr", "bytea", "xml", "bigint", "numeric(10,2)", "mood", 'other."Odd Kind"', "short", "tsvector", "int4range", "money", "point"];
const EXTENDED = ["geometry(Point,4326)", "vector(3)", "hstore"];
const JSONS = ["json", "jsonb"];
const OTHERS = ["boolean", ...INTEGERS, ...FLOATS, ...TEXTS, ...TEXT_FORMS, ...JSONS, ...EXTENDED, "text[]"];

/** A property, and the columns in which its values can live; in no other of those above. */
const ROWS: readonly (readonly [schema: object, fits: readonly string[]])[] = [
  [{ type: "integer" }, [...INTEGERS, "numeric(10,2)"]],
  [{ type: "number" }, [...FLOATS, "numeric(10,2)"]],
  [{ type: "number", multipleOf: 1 }, [...INTEGERS, ...FLOATS, "numeric(10,2)"]],
  [{ type: "number", multipleOf: 0.01 }, [...FLOATS, "numeric(10,2)"]],
  [{ type: "boolean" }, ["boolean"]],
  [{ type: "string" }, [...TEXTS, ...TEXT_FORMS, ...EXTENDED, "numeric", "oid"]],
  [{ type: "string", format: "email" }, [...TEXTS, ...TEXT_FORMS, ...EXTENDED, "numeric", "oid"]],
  [{ type: "string", format: "date-time" }, [...TEXTS, ...MOMENTS, "short"]],
  [{ type: "string", format: "date" }, [...TEXTS, ...MOMENTS, "short"]],
  [{ type: "string", format: "time" }, [...TEXTS, ...MOMENTS.slice(0, 2), "time without time zone", "short"]],
  [{ type: "string", format: "uuid" }, [...TEXTS, "uuid"]],
  [{ enum: ["sad", "glad"] }, [...TEXTS, ...TEXT_FORMS, ...EXTENDED, "numeric", "oid"]],
  [{ type: "object" }, [...JSONS, ...MOMENTS, "interval", "point", "bytea", "geometry(Point,4326)", "hstore"]],
  [{ type: "array" }, [...JSONS, "vector(3)", "text[]"]],
  [{}, OTHERS],
  [{ type: ["integer", "boolean"] }, [...INTEGERS, "boolean", "numeric(10,2)"]],
];

for (const [schema, fits] of ROWS) {
  test(`${JSON.stringify(schema)} fits`, () => {
    const found = [...new Set(OTHERS)].filter((type) => contradiction(meaning(schema), type, SCHEMA) === undefined);
    assert.equal(found.sort(), [...new Set(fits)].sort());
  });
}

/** A property, a column that can hold it, and one that can't, with why. */
const BOUNDS: readonly (readonly [schema: object, fits: string, narrow: string, reason: string, asJson?: boolean])[] = [
  [{ type: "integer", maximum: 32767 }, "smallint", "boolean", "an integer can't live in boolean"],
  [{ type: "integer", maximum: 32768 }, "integer", "smallint", "its bounds don't fit into smallint"],
  [{ type: "integer", minimum: -40000 }, "integer", "smallint", "its bounds don't fit into smallint"],
  [{ type: "integer", maximum: 2147483648 }, "bigint", "integer", "its bounds don't fit into integer"],
  [{ type: "integer", format: "int64" }, "bigint", "integer", "its bounds don't fit into integer"],
  [{ type: "integer", maximum: 1000 }, "numeric(4,0)", "numeric(5,2)", "its bounds don't fit into numeric(5,2)"],
  [{ type: "string", maxLength: 255 }, "character varying(255)", "character varying(100)", "255 characters don't fit into character varying(100)"],
  [{ type: "string", maxLength: 10 }, "short", "character(9)", "10 characters don't fit into character(9)"],
  [{ type: "string", maxLength: 11 }, "text", "short", "11 characters don't fit into short"],
  [{ type: "string", format: "uuid" }, "character(36)", "character varying(35)", "36 characters don't fit into character varying(35)"],
  [{ enum: ["a", "äöü"] }, "character varying(3)", "character varying(2)", "3 characters don't fit into character varying(2)"],
  [{ type: "object" }, "text", "bytea", "an object can't live in bytea", true],
  [{ type: "array" }, "character varying(10)", "integer", "an array can't live in integer", true],
  [{ type: "string", format: "date-time" }, "date", "time without time zone", "a date-time can't live in time without time zone"],
];

for (const [schema, fits, narrow, reason, asJson = false] of BOUNDS) {
  test(`${JSON.stringify(schema)} in ${fits}, not in ${narrow}`, () => {
    assert.is(contradiction(meaning(schema, asJson), fits, SCHEMA), undefined);
    assert.is(contradiction(meaning(schema, asJson), narrow, SCHEMA), reason);
  });
}

/** A property and the type of a new column for it. */
const NEW: readonly (readonly [schema: object, type: string | undefined])[] = [
  [{ type: "integer" }, "integer"],
  [{ type: "integer", format: "int64" }, "bigint"],
  [{ type: "integer", minimum: -3_000_000_000 }, "bigint"],
  [{ type: ["integer", "number"] }, "double precision"],
  [{ type: "number" }, "double precision"],
  [{ type: "boolean" }, "boolean"],
  [{ type: "string" }, "text"],
  [{ type: "string", maxLength: 40 }, "character varying(40)"],
  [{ type: "string", maxLength: 100_000_000 }, "text"],
  [{ type: "string", format: "date-time", maxLength: 40 }, "timestamp with time zone"],
  [{ type: "string", format: "date" }, "date"],
  [{ type: "string", format: "time" }, "time without time zone"],
  [{ type: "string", format: "uuid" }, "uuid"],
  [{ type: "string", format: "email" }, "text"],
  [{ enum: ["a", "b"] }, "text"],
  [{ type: ["object", "null"] }, "jsonb"],
  [{ type: ["array", "object"] }, "jsonb"],
  [{ type: ["string", "integer"] }, undefined],
  [{}, undefined],
];

for (const [schema, type] of NEW) {
  test(`a new column for ${JSON.stringify(schema)}`, () => {
    assert.is(newColumnType(meaning(schema)), type);
    if (type !== undefined) assert.is(contradiction(meaning(schema), type, SCHEMA), undefined);
  });
}

test.run();
