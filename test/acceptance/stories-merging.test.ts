import { suite } from "uvu";
import * as assert from "uvu/assert";
import { deriveMergeId } from "../../src/revision/revision-id.js";
import { freshStory } from "../support/story.js";

const test = suite("acceptance/stories-merging");

function idOf(json: Readonly<Record<string, unknown>>): string {
  return json["revision"] as string;
}

test("5: a cherry-pick to a release line without its parent, then a merge", async () => {
  const { repository, run, json, status, sync, follows, commit } = await freshStory();
  commit("a", "a");
  repository.branch("release");
  repository.git("switch", "main");
  commit("feature", "b <- a");
  const fix = commit("fix", "f <- b");
  await run(["upgrade"]);
  repository.git("switch", "release");
  repository.git("cherry-pick", fix);
  const broken = await status();
  assert.equal([broken["next"], broken["upToDate"]], ["gmig rebase f --onto a", false]);
  assert.is((await json(["sync"])).json.error?.hint, "gmig rebase f --onto a");
  assert.is((await run(["rebase", "f", "--onto", "a"])).status, 0);
  const moved = await status();
  assert.equal([moved["next"], moved["unknown"], moved["reparented"]], ["gmig sync", [{ revision: "b", foundIn: ["main"] }], ["f"]]);
  assert.is(await sync(), "-f -b +f");
  repository.commit("f on a");
  await follows();
  repository.git("switch", "main");
  const merged = repository.run("merge", "--quiet", "-m", "merge", "release");
  assert.is(merged.status, 1, "f has another parent on each side");
  const conflicted = await json(["status"]);
  assert.is((conflicted.json["problems"] as { readonly code: string }[])[0]?.code, "CONFLICT_MARKERS");
  repository.git("checkout", "--ours", ".migrations/1_f.sql");
  repository.commit("merge");
  const back = await status();
  assert.equal([back["next"], back["outOfOrder"], back["reparented"]], ["gmig sync", ["b"], ["f"]]);
  assert.is(await sync(), "-f +b +f");
  await follows();
});

test("6: a squash-merge of a branch whose revisions were applied", async () => {
  const { repository, run, status, sync, follows, commit } = await freshStory();
  commit("a", "a");
  repository.branch("work");
  commit("b", "b <- a");
  commit("c", "c <- b");
  await run(["upgrade"]);
  repository.git("switch", "main");
  assert.equal((await status())["unknown"], ["b", "c"].map((revision) => ({ revision, foundIn: ["work"] })));
  repository.git("merge", "--quiet", "--squash", "work");
  const staged = await status();
  assert.equal([staged["next"], staged["upToDate"]], [null, true]);
  repository.git("commit", "--quiet", "-m", "work");
  repository.git("branch", "-D", "work");
  assert.is(await sync(), "");
  await follows();
});

test("6: a squash-merge beside somebody else's revision: the branch's revisions stay as they were applied", async () => {
  const { repository, run, json, status, sync, follows, commit } = await freshStory();
  commit("a", "a");
  repository.branch("work");
  commit("b", "b <- a");
  await run(["upgrade"]);
  repository.git("switch", "main");
  commit("theirs", "t <- a");
  repository.git("merge", "--quiet", "--squash", "work");
  repository.git("commit", "--quiet", "-m", "work");
  const forked = await status();
  assert.equal([forked["next"], forked["heads"], forked["pending"]], ["gmig merge heads", ["b", "t"], ["t"]]);
  const merge = idOf((await json(["merge", "heads"])).json);
  assert.is(await sync(), `+t +${merge}`);
  await follows();
});

test("8: two clones that merge the same heads write the same bytes, and Git merges that without a word", async () => {
  const { repository, run, json, sync, follows, commit } = await freshStory();
  commit("a", "a");
  repository.branch("left");
  commit("left", "b <- a");
  repository.git("switch", "main");
  commit("right", "c <- a");
  repository.git("merge", "--quiet", "-m", "both", "left");
  await run(["ensure"]);
  const other = repository.clone();
  const [mine, theirs] = [await json(["merge", "heads"]), await json(["merge", "c", "b", "--no-check"], other)];
  assert.is(idOf(mine.json), deriveMergeId(["b", "c"]));
  const file = mine.json["file"] as string;
  assert.is(theirs.json["file"], file);
  assert.is(other.read(file), repository.read(file));
  other.commit("joined there");
  repository.commit("joined here");
  const pulled = repository.run("pull", "--quiet", "--no-rebase", "--no-edit", other.path, "main");
  assert.equal([pulled.status, pulled.stdout, pulled.stderr], [0, "", ""]);
  assert.equal((await json(["check"])).json, { ok: true, findings: [] });
  assert.is((await run(["upgrade"])).status, 0);
  assert.is(await sync(), "");
  await follows();
});

test("9: a bisect across ten revisions, a sync at each step", async () => {
  const { repository, run, status, sync, follows, commit } = await freshStory();
  const ids = "a b c d e f g h i j".split(" ");
  for (const [index, id] of ids.entries()) commit(id, index === 0 ? id : `${id} <- ${ids[index - 1] ?? ""}`);
  await run(["upgrade"]);
  repository.git("bisect", "start", "HEAD", "HEAD~9");
  const visited: string[] = [];
  for (let found = false; !found; ) {
    const subject = repository.git("log", "-1", "--format=%s");
    visited.push(subject);
    const before = await status();
    assert.is((before["git"] as { readonly state: string }).state, "bisect");
    assert.equal([before["next"], before["upToDate"]], before["upToDate"] === true ? [null, true] : [subject > (before["rows"] as string[]).join() ? "gmig upgrade" : "gmig sync", false]);
    await sync();
    await follows();
    found = repository.git("bisect", subject >= "g" ? "bad" : "good").includes("is the first bad commit");
  }
  assert.ok(visited.length >= 3, visited.join(" "));
  repository.git("bisect", "reset");
  assert.ok((await sync()).endsWith("+j"));
  await follows();
});

test("a merge revision whose side was rebased away goes down with what it joined", async () => {
  const { repository, run, json, status, sync, follows, commit } = await freshStory();
  commit("a", "a");
  repository.branch("left");
  commit("left", "b <- a");
  repository.git("switch", "main");
  commit("right", "c <- a");
  repository.git("merge", "--quiet", "-m", "both", "left");
  const merge = idOf((await json(["merge", "heads", "--no-check"])).json);
  repository.commit("joined");
  await run(["upgrade"]);
  repository.git("reset", "--quiet", "--hard", "HEAD~2");
  const before = await status();
  assert.equal([before["next"], (before["unknown"] as { readonly revision: string }[]).map(({ revision }) => revision).sort()], ["gmig sync", ["b", merge].sort()]);
  assert.is(await sync(), `-${merge} -b`);
  await follows();
});

test("git/REF in upgrade, downgrade, show, history, stamp, merge and --parent", async () => {
  const { repository, run, json, applied, commit } = await freshStory();
  commit("a", "a");
  repository.git("tag", "v1");
  commit("b", "b <- a");
  repository.branch("release/x-y");
  commit("c", "c <- b");
  repository.git("switch", "main");
  commit("d", "d <- b");
  repository.git("merge", "--quiet", "-m", "both", "release/x-y");
  assert.is((await run(["upgrade", "git/HEAD~1"])).status, 0);
  assert.is(await applied(), "a b d");
  assert.is((await run(["upgrade", "git/release/x-y"])).status, 0);
  assert.is(await applied(), "a b c d");
  assert.is((await run(["downgrade", "git/v1", "--yes"])).status, 0);
  assert.is(await applied(), "a");
  assert.match((await run(["show", "git/release/x-y"])).stdout, /^revision {4}c$/m);
  const ids = (await json(["history", "-r", "git/v1:git/release/x-y"])).json["revisions"] as readonly { readonly revision: string }[];
  assert.equal(ids.map(({ revision }) => revision), ["c", "b", "a"]);
  assert.equal((await json(["stamp", "git/release/x-y"])).json["rows"], ["c"]);
  assert.equal((await json(["stamp", "git/v1"])).json["rows"], ["a"]);
  assert.is((await json(["upgrade", "git/HEAD"])).json.error?.code, "MULTIPLE_HEADS");
  const merged = await json(["merge", "git/release/x-y", "git/HEAD~1", "--no-check"]);
  assert.equal(merged.json["parents"], ["c", "d"]);
  const made = await json(["revision", "-m", "hotfix", "--parent", "git/v1", "--splice"]);
  assert.equal(made.json["parents"], ["a"], JSON.stringify(made.json));
  const lost = await json(["revision", "-m", "none", "--parent", "git/nowhere"]);
  assert.equal([lost.status, lost.json.error?.code], [3, "REVISION_NOT_FOUND"]);
});

test.run();
