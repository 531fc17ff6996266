import { suite } from "uvu";
import * as assert from "uvu/assert";
import { gmig } from "../support/cli.js";
import { onEach } from "../support/each-database.js";
import { freshProject } from "../support/project.js";

const test = suite("cli/messages");

const HOSTILE = "two\nlines \u001b[31mred\u0007\r over";
const SEEN = "two lines \\x1b[31mred\\x07 over";

onEach(test, "a message stays on its line and has no power over the terminal", async ({ url }) => {
  const { root, write } = freshProject(url);
  write(".migrations/a.sql", `-- gmig revision: a\n-- gmig parents:\n-- gmig created: 2026-01-01T00:00:00Z\n-- gmig message: ${JSON.stringify(HOSTILE)}\n-- gmig up\nselect 1;\n-- gmig down\nselect * from nowhere;\n`);
  const seen = async (...args: string[]): Promise<string> => {
    const { stdout, stderr } = await gmig(root, args, { env: { GMIG_DATABASE: url } });
    const text = stdout + stderr;
    assert.not.match(text, /[^\P{Cc}\n]/u);
    return text;
  };
  for (const args of [["heads"], ["history"], ["history", "--graph"], ["show", "a"], ["upgrade", "--dry-run"], ["upgrade"], ["current"], ["downgrade", "base", "--dry-run"]]) {
    assert.match(await seen(...args), SEEN, args.join(" "));
  }
  assert.match(await seen("downgrade", "base"), "STEP_FAILED");
  assert.match(await seen("log"), "failed");
});

onEach(test, "an end of line in the name of a file is written out", async ({ url }) => {
  const { root, write } = freshProject(url);
  const revision = (id: string, parent: string): string => `-- gmig revision: ${id}\n-- gmig parents: ${parent}\n-- gmig created: 2026-01-01T00:00:00Z\n-- gmig message: m\n-- gmig up\nselect 1;\n`;
  write(".migrations/good\nerror FAKE.sql", revision("a", ""));
  for (const name of ["bad", "worse"]) write(`.migrations/${name}\nerror FAKE.sql`, revision(name, "gone"));
  for (const args of [["heads", "-v"], ["history", "-v"], ["show", "a"], ["show", "bad"], ["status"], ["check"], ["upgrade"], ["edit", "a"]]) {
    const { stdout, stderr } = await gmig(root, args, { env: { GMIG_DATABASE: url } });
    assert.match(stdout + stderr, "error FAKE.sql", args.join(" "));
    assert.not.match(stdout + stderr, /^error FAKE/m, args.join(" "));
  }
  assert.match((await gmig(root, ["heads", "-v"])).stdout, "good\\x0aerror FAKE.sql");
});

test.run();
