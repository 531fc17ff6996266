import { findGit } from "../../src/git/find-git.js";
import { openRepository } from "../../src/git/open-repository.js";
import { stageFiles } from "../../src/git/stage-files.js";

// What a test's pre-commit hook runs: stages the files that it is given.

const cwd = process.cwd();
await stageFiles(openRepository(cwd, { cwd, env: process.env, binary: findGit(process.env) }), process.argv.slice(2));
