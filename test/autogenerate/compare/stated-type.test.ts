import { suite } from "uvu";
import * as assert from "uvu/assert";
import { statedType } from "../../../src/autogenerate/compare/stated-type.js";
import type { GmigError } from "../../../src/errors.js";

const test = suite("compare/stated-type");

for (const type of ["int", "timestamp(3) with time zone", 'other."not null"', "interval day to second", '"Default"[]', "geometry(Point, 4326)"]) {
  test(`${type} is a type`, () => assert.is(statedType(type, "T.a"), type));
}

/** What is no type, and where it belongs. */
const REFUSED: readonly (readonly [type: string, hint: RegExp])[] = [
  ["bigserial", /identity "by default"/],
  ["int NOT NULL", /not belongs into nullable/],
  ["text unique", /unique belongs into uniques/],
  ["int default 5", /default belongs into default/],
  ['text collate "C"', /collate belongs into collation/],
  ["int references t", /references belongs into foreignKeys/],
];

for (const [type, hint] of REFUSED) {
  test(`${type} is more`, () => assert.throws(() => statedType(type, "T.a"), (error: GmigError) => error.code === "MODEL_INVALID" && hint.test(error.message)));
}

test.run();
