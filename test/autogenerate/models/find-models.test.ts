import { Model } from "objection";
import { suite } from "uvu";
import * as assert from "uvu/assert";
import { findModels } from "../../../src/autogenerate/models/find-models.js";

const test = suite("models/find-models");

class A extends Model {}
class B extends Model {}
class Holder {
  a = A;
}
const circle: Record<string, unknown> = { A };
circle["self"] = circle;

/** What a module exports, and the models among it. */
const ROWS: readonly (readonly [name: string, exports: Readonly<Record<string, unknown>>, models: readonly unknown[]])[] = [
  ["by name", { A, B, n: 1, f: () => A, nothing: null }, [A, B]],
  ["as default, and by name too", { default: A, A, B }, [A, B]],
  ["in a list and an object", { list: [A], models: { B } }, [A, B]],
  ["in a list and an object of a CommonJS module that Node loads", { default: { list: [A], models: { B } }, "module.exports": { list: [A] } }, [A, B]],
  ["not in what a class made", { holder: new Holder(), default: { holder: new Holder() } }, []],
  ["in a circle", circle, [A]],
];

for (const [name, exports, models] of ROWS) {
  test(name, () => assert.equal(findModels([{ file: "a.js", exports }]).map(({ model }) => model as unknown), models));
}

test.run();
