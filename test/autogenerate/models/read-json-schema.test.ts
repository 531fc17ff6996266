import { suite } from "uvu";
import * as assert from "uvu/assert";
import { readJsonSchema } from "../../../src/autogenerate/models/read-json-schema.js";
import type { JsonSchema } from "../../../src/autogenerate/models/model-class.js";

const test = suite("models/read-json-schema");

const definitions = { money: { type: "number", minimum: 0 }, maybe: { anyOf: [{ $ref: "#/definitions/money" }, { type: "null" }] }, self: { $ref: "#/definitions/self" } };

/** A property's schema, and what it means. */
const ROWS: readonly (readonly [schema: unknown, meaning: object])[] = [
  [{ type: "string" }, { kinds: ["string"], admitsNull: false }],
  [{ type: ["string", "null"], maxLength: 10 }, { kinds: ["string"], admitsNull: true, maxLength: 10 }],
  [{ type: "string", nullable: true, format: "date-time" }, { kinds: ["string"], admitsNull: true, format: "date-time" }],
  [{ type: "integer", minimum: 1, maximum: 5_000_000_000 }, { kinds: ["integer"], admitsNull: false, minimum: 1, maximum: 5_000_000_000 }],
  [{ type: "integer", exclusiveMinimum: 0, minimum: -9007199254740991, maximum: 9007199254740991 }, { kinds: ["integer"], admitsNull: false, minimum: 1 }],
  [{ type: "integer", minimum: 0, exclusiveMaximum: 2147483648 }, { kinds: ["integer"], admitsNull: false, minimum: 0, maximum: 2147483647 }],
  [{ type: "integer", minimum: 5, exclusiveMinimum: true }, { kinds: ["integer"], admitsNull: false, minimum: 5 }],
  [{ type: "number", exclusiveMinimum: 0, maximum: 9, exclusiveMaximum: 8 }, { kinds: ["number"], admitsNull: false, minimum: 0, maximum: 8 }],
  [{ type: "number", multipleOf: 1 }, { kinds: ["number"], admitsNull: false, multipleOf: 1 }],
  [{ type: ["integer", "string"] }, { kinds: ["integer", "string"], admitsNull: false }],
  [{ enum: ["a", "b"] }, { kinds: ["string"], admitsNull: false, values: ["a", "b"] }],
  [{ type: ["string", "null"], enum: ["a", null] }, { kinds: ["string"], admitsNull: true, values: ["a"] }],
  [{ enum: ["a", null] }, { kinds: ["string"], admitsNull: true, values: ["a"] }],
  [{ enum: [1, 2] }, { kinds: ["integer"], admitsNull: false, minimum: 1, maximum: 2 }],
  [{ enum: [1, "a"] }, { kinds: ["integer", "string"], admitsNull: false, minimum: 1, maximum: 1 }],
  [{ const: "x" }, { kinds: ["string"], admitsNull: false, values: ["x"] }],
  [{ anyOf: [{ const: "a", type: "string" }, { const: "b", type: "string" }] }, { kinds: ["string"], admitsNull: false, values: ["a", "b"] }],
  [{ anyOf: [{ type: "string", format: "uuid" }, { type: "null" }] }, { kinds: ["string"], admitsNull: true, format: "uuid" }],
  [{ oneOf: [{ type: "null" }, { type: "string", maxLength: 3 }, { type: "string", maxLength: 5 }] }, { kinds: ["string"], admitsNull: true, maxLength: 5 }],
  [{ anyOf: [{ type: "string", maxLength: 3 }, { type: "string" }] }, { kinds: ["string"], admitsNull: false }],
  [{ anyOf: [{ type: "string" }, {}] }, { kinds: [], admitsNull: false }],
  [{ allOf: [{ type: "string", maxLength: 9 }, { maxLength: 5, format: "email" }] }, { kinds: ["string"], admitsNull: false, maxLength: 5, format: "email" }],
  [{ allOf: [{ type: ["string", "null"] }, { type: "string" }] }, { kinds: ["string"], admitsNull: false }],
  [{ $ref: "#/definitions/money" }, { kinds: ["number"], admitsNull: false, minimum: 0 }],
  [{ $ref: "#/definitions/money", maximum: 9 }, { kinds: ["number"], admitsNull: false, minimum: 0, maximum: 9 }],
  [{ $ref: "#/definitions/maybe" }, { kinds: ["number"], admitsNull: true, minimum: 0 }],
  [{ $ref: "#/definitions/self" }, { kinds: [], admitsNull: false }],
  [{ $ref: "elsewhere.json" }, { kinds: [], admitsNull: false }],
  [{ $ref: "#money" }, { kinds: [], admitsNull: false }],
  [{ $ref: "#" }, { kinds: ["object"], admitsNull: false }],
  [{ type: "array", items: { type: "string" } }, { kinds: ["array"], admitsNull: false }],
  [{ instanceof: "Date" }, { kinds: [], admitsNull: false }],
  [true, { kinds: [], admitsNull: false }],
];

for (const [schema, meaning] of ROWS) {
  test(JSON.stringify(schema), () => {
    const root = { type: "object", definitions, properties: { it: schema } } as unknown as JsonSchema;
    assert.equal(readJsonSchema(root).properties.get("it"), meaning);
  });
}

test("properties and required come from allOf and local references too", () => {
  const { properties, required } = readJsonSchema({
    $defs: { base: { type: "object", required: ["id"], properties: { id: { type: "integer" }, name: { type: "string", maxLength: 9 } } } },
    allOf: [{ $ref: "#/$defs/base" }, { required: ["name"], properties: { name: { maxLength: 5 } } }],
    properties: { own: { type: "boolean" } },
  });
  assert.equal([...properties.keys()].sort(), ["id", "name", "own"]);
  assert.equal(properties.get("name"), { kinds: ["string"], admitsNull: false, maxLength: 5 });
  assert.equal([...required].sort(), ["id", "name"]);
});

test.run();
