import { writeFileSync } from "node:fs";
import { findGit } from "../../src/git/find-git.js";
import { foldIntoHead } from "../../src/git/fold.js";
import { openRepository } from "../../src/git/open-repository.js";

// What a test's post-merge hook runs: writes the files that it is given and folds them into the merge.

const cwd = process.cwd();
const paths = process.argv.slice(2);
for (const path of paths) writeFileSync(path, "folded");
const fold = await foldIntoHead(openRepository(cwd, { cwd, env: process.env, binary: findGit(process.env) }), paths);
process.stdout.write(JSON.stringify(fold));
