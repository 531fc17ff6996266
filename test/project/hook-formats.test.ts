import { readFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";
import * as fc from "fast-check";
import { suite } from "uvu";
import * as assert from "uvu/assert";
import { parse } from "yaml";
import { type HookFormat, hookState } from "../../src/project/hook-format.js";
import { HOOKS, type Hook } from "../../src/project/hook-lines.js";
import { LEFTHOOK_FORMAT } from "../../src/project/lefthook-format.js";
import { dropBlock } from "../../src/project/marked-block.js";
import { readShim } from "../../src/project/shim.js";
import { shellFormat } from "../../src/project/shell-format.js";
import { simpleGitHooksFormat } from "../../src/project/simple-git-hooks-format.js";
import { thrown } from "../support/thrown.js";
import { runs } from "../support/series.js";

const test = suite("project/hook-formats");
const top = join(dirname(fileURLToPath(import.meta.url)), "../../..");

const SHELL = shellFormat({ shebang: true });
const MANIFEST = simpleGitHooksFormat({ inManifest: true });

function putAll(format: HookFormat, text: string | null, hooks: readonly Hook[] = HOOKS): string {
  let result = text;
  for (const hook of hooks) {
    const put = format.put(result, hook);
    if (typeof put !== "string") throw new Error(`refused: ${put.refused}`);
    result = put;
  }
  return result ?? "";
}

function dropAll(format: HookFormat, text: string, hooks: readonly Hook[] = HOOKS): string | null {
  let result: string | null = text;
  for (const hook of hooks.toReversed()) result = result === null ? null : format.drop(result, hook);
  return result;
}

/** Texts of each kind, to whose byte uninstalling must lead back, with the hooks that one file is for. */
const TEXTS: readonly (readonly [name: string, format: HookFormat, hooks: readonly Hook[], texts: readonly (string | null)[]])[] = [
  ["shell", SHELL, ["pre-commit"], [null, "", "#!/bin/sh", "#!/bin/sh\n", "#!/bin/sh\nnpm test\n", "#!/bin/sh\nnpm test", "npm test\n", "#!/bin/bash -e\r\nnpm test\r\n", "\n\n", "#!/usr/bin/env zsh\n\u00e9\u0001"]],
  ["husky", shellFormat({ shebang: false }), ["pre-push"], [null, "", "npm test", "npm test\n", '#!/usr/bin/env sh\n. "$(dirname -- "$0")/_/husky.sh"\n\nnpm test\n']],
  [
    "lefthook",
    LEFTHOOK_FORMAT,
    HOOKS,
    [
      "",
      "# nothing but a remark",
      "min_version: 1.0.0\n",
      "pre-commit:\n  commands:\n    lint:\n      run: yarn lint\n",
      "pre-commit:\n  commands:\n    lint:\n      run: yarn lint",
      "pre-commit: # why\n  parallel: true\n\n  # about lint\n  commands:\n\n      # more\n      lint: { run: yarn lint }\npre-push:\n    jobs:\n    - name: audit\n      run: yarn audit\n    - run: x\npost-merge:\n  jobs:\n    # first\n    -   run: |\n          a\n          b\n",
      "post-checkout:\n  scripts:\n    a.sh:\n      runner: sh\n",
      "---\nextends: []\n",
    ],
  ],
  [
    "simple-git-hooks",
    MANIFEST,
    HOOKS,
    [
      '{"simple-git-hooks": {}}',
      '{\n  "name": "x",\n  "simple-git-hooks": {\n    "pre-commit": "npx lint-staged"\n  },\n  "a": [1,\n 2]\n}\n',
      '{\n\t"simple-git-hooks": {\n\t\t"pre-commit": "a \\u0026\\u0026 b \\/ \\"c\\"\\n",\n\t\t"pre-push":\t"x"\n\t}\n}',
      '{ "simple-git-hooks": { } }',
      '{ "simple-git-hooks": { "preserveUnused": true , "post-merge" : "x" } }',
    ],
  ],
];

for (const [name, format, hooks, texts] of TEXTS) {
  test(`${name}: installing twice is installing once, and uninstalling leads back to the byte`, () => {
    for (const text of texts) {
      const once = putAll(format, text, hooks);
      assert.is(putAll(format, once, hooks), once);
      assert.is(putAll(format, once, hooks.toReversed()), once);
      assert.is(dropAll(format, once, hooks), text);
      for (const hook of hooks) {
        assert.is(hookState(format, once, hook), "current");
        assert.is(hookState(format, text, hook), "missing");
      }
    }
  });

  test(`${name}: an outdated block is brought up to date where it stands`, () => {
    for (const text of texts) {
      const once = putAll(format, text, hooks);
      const old = once.replaceAll("--git-common-dir", "--an-older-option");
      assert.is.not(old, once);
      assert.is(hookState(format, old, hooks[0] ?? "pre-commit"), "outdated");
      assert.is(putAll(format, old, hooks), once);
      assert.is(dropAll(format, old, hooks), text);
    }
  });
}

test("shell: any text of any lines comes back", () => {
  const line = fc.oneof(fc.string(), fc.constantFrom("#!/bin/sh", "# >>> gmig", "exit 1", "# <<< gmig post-merge <<<", ""));
  fc.assert(
    fc.property(fc.array(line), fc.boolean(), (lines, isEnded) => {
      const text = `#!/bin/sh\n${lines.join("\n").replaceAll("\0", "")}${isEnded ? "\n" : ""}`;
      assert.is(dropAll(SHELL, putAll(SHELL, text, ["pre-push"]), ["pre-push"]), text);
    }),
    runs(100, 10_000),
  );
});

test("shell: what was added since stays, and a file that gmig made stays with it", () => {
  const made = putAll(SHELL, null, ["post-merge"]);
  assert.is(SHELL.drop(`${made}npm test\n`, "post-merge"), "#!/bin/sh\nnpm test\n");
  const unended = putAll(SHELL, "#!/bin/sh", ["post-merge"]);
  assert.is(SHELL.drop(`${unended}npm test\n`, "post-merge"), "#!/bin/sh\nnpm test\n");
});

test("shell: other programs are left alone", () => {
  for (const text of ["#!/usr/bin/env node\n", "#!/usr/bin/python3\n", "#!/usr/bin/fish\n", "#!/usr/bin/pwsh\n", "\u007fELF\u0000"]) assert.equal(SHELL.put(text, "post-merge"), { refused: "is no shell script" });
  for (const text of ["#!/usr/bin/env -S bash -e\n", "#!/bin/dash\n", "#! /bin/ksh\n", "#!/usr/local/bin/zsh\n"]) assert.type(SHELL.put(text, "post-merge"), "string");
});

test("a block that begins and does not end is nobody's to guess at", async () => {
  const cut = putAll(SHELL, "#!/bin/sh\nnpm test\n", ["post-merge"]).replace(/# <<<.*\n/, "");
  assert.is((await thrown(() => SHELL.put(cut, "post-merge"))).code, "CONFIG_INVALID");
  assert.is((await thrown(() => dropBlock(cut, "post-merge"))).code, "CONFIG_INVALID");
});

test("lefthook: the commands stand where lefthook reads them", () => {
  interface Command {
    readonly run: string;
    readonly use_stdin?: boolean;
  }
  const text = "pre-commit:\n  commands:\n    lint:\n      run: a\npre-push:\n  jobs:\n    - run: b\npost-merge:\n  parallel: true\n";
  const config = parse(putAll(LEFTHOOK_FORMAT, text)) as Record<Hook, { commands?: Record<string, Command>; jobs?: readonly (Command & { name?: string })[]; parallel?: boolean }>;
  assert.equal(Object.keys(config["pre-commit"].commands ?? {}), ["gmig", "lint"]);
  assert.equal(config["pre-push"].jobs?.map(({ name, run, use_stdin }) => [name, run.includes('"$gmig_hook" pre-push {0} || exit 1'), use_stdin]), [["gmig", true, true], [undefined, false, undefined]]);
  assert.is(config["post-merge"].parallel, true);
  assert.match(config["post-merge"].commands?.["gmig"]?.run ?? "", /"\$gmig_hook" post-merge \{0\} \|\| :/);
  assert.match(config["post-checkout"].commands?.["gmig"]?.run ?? "", /"\$gmig_hook" post-checkout \{0\} \|\| :/);
});

test("lefthook: forms that can't be added to are refused, and left alone", () => {
  for (const text of ["pre-commit: {commands: {a: {run: b}}}\n", "pre-commit:\n", "pre-commit: &x\n  commands: {}\n", "{}\n", "- a\n", "pre-commit:\n  jobs: [{run: a}]\n"]) {
    assert.equal([text, LEFTHOOK_FORMAT.put(text, "pre-commit")], [text, { refused: "is written in a form that gmig can't add to" }]);
  }
  assert.equal(LEFTHOOK_FORMAT.put("a: [", "pre-commit"), { refused: "is no valid YAML" });
});

test("simple-git-hooks: the command that was there comes last, as it was", () => {
  const text = '{"simple-git-hooks": {"pre-commit": "npx lint-staged"}}';
  const commands = (JSON.parse(putAll(MANIFEST, text)) as { "simple-git-hooks": Record<string, string> })["simple-git-hooks"];
  assert.equal(Object.keys(commands).sort(), [...HOOKS].sort());
  assert.ok(commands["pre-commit"]?.endsWith("<<<\nnpx lint-staged"));
  assert.equal(MANIFEST.put('{"simple-git-hooks": "file.json"}', "pre-commit"), { refused: 'has no object "simple-git-hooks"' });
  assert.equal(MANIFEST.put('{"simple-git-hooks": {"pre-commit": 1}}', "pre-commit"), { refused: 'has no text at "pre-commit"' });
  const file = simpleGitHooksFormat({ inManifest: false });
  assert.is(dropAll(file, putAll(file, '{"pre-commit": "x"}')), '{"pre-commit": "x"}');
});

test("the shim is the one of the package", () => assert.is(readShim(), readFileSync(join(top, "hooks/gmig-hook"), "latin1")));

test.run();
