import { suite } from "uvu";
import * as assert from "uvu/assert";
import { type CommittedRevision, joinHeaders } from "../../src/merge/join-headers.js";

const test = suite("merge/join-headers");

/** `b<a` is b with the parent a; a number after a colon is another text. */
function at(...revisions: readonly string[]): CommittedRevision[] {
  return revisions.map((text) => {
    const [name = "", version = "0"] = text.split(":");
    const [revision = "", parents = ""] = name.split("<");
    return { revision, parents: parents === "" ? [] : parents.split(","), blob: `${name}:${version}` };
  });
}

function ids(revisions: readonly { readonly revision: string; readonly parents?: readonly string[] }[]): string[] {
  return revisions.map(({ revision, parents = [] }) => (parents.length === 0 ? revision : `${revision}<${parents.join(",")}`)).sort();
}

test("both sides' new revisions are there", () => {
  assert.equal(ids(joinHeaders(at("a"), at("a", "b<a"), at("a", "c<a")).revisions), ["a", "b<a", "c<a"]);
});

test("what either side deleted since the base is gone; what ours deleted is named", () => {
  const joined = joinHeaders(at("a", "b<a", "c<b"), at("a", "b<a"), at("a", "b<a", "c<b", "d<c"));
  assert.equal([ids(joined.revisions), joined.deleted], [["a", "b<a", "d<c"], ["c"]]);
  assert.equal(ids(joinHeaders(at("a", "b<a"), at("a", "b<a"), at("a")).revisions), ["a"]);
});

test("of a header that one side changed, the change is taken", () => {
  assert.equal(ids(joinHeaders(at("a", "x", "b<a"), at("a", "x", "b<x"), at("a", "x", "b<a")).revisions), ["a", "b<x", "x"]);
  assert.equal(ids(joinHeaders(at("a", "x", "b<a"), at("a", "x", "b<a"), at("a", "x", "b<x")).revisions), ["a", "b<x", "x"]);
});

test("two different changes of one header are a conflict", () => {
  const { conflicts } = joinHeaders(at("a", "b<a"), at("a", "b<x"), at("a", "b<y"));
  assert.equal(conflicts.map(({ revision }) => revision), ["b"]);
  assert.equal(joinHeaders(at("a", "b<a"), at("a", "b<x"), at("a", "b<x")).conflicts, []);
});

test("a published revision that ours has in another text is named", () => {
  assert.equal(joinHeaders(at("a"), at("a:1"), at("a")).changed.map(({ revision }) => revision), ["a"]);
  assert.equal(joinHeaders(at("a"), at("a"), at("a:1")).changed, []);
});

test.run();
