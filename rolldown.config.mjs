import { defineConfig } from "rolldown";

// Small and pure dependencies are bundled, so that a command starts quickly; what the user's project brings (knex, pg,
// objection), what carries a binary (esbuild) and what is large and rarely needed stays outside.
const external = [/^node:/, "knex", "pg", "objection", "esbuild", "libpg-query", /^@electric-sql\/pglite/, "gmig"];

// What every command goes through lies in one file: at start-up a file costs more than what is in it.
const startup = /\/src\/(errors|version|cli\/(?!main|commands|open-)|config\/|directory\/(?!load-bodies|fill|write|file-name)|graph\/|revision\/|workflow\/(project|heads)\.)/;
const warmLoad = /\/src\/load\/(load-modules|evaluate|unit|fingerprint|snapshot|project-files|prepare-units|installed-package|module-format|output-name|stored-unit|unit-record|temporary-units)/;

export default defineConfig({
  input: { index: "src/index.ts", main: "src/cli/main.ts" },
  platform: "node",
  external,
  output: {
    dir: "dist",
    format: "esm",
    minify: false,
    chunkFileNames: "chunks/[name]-[hash].js",
    codeSplitting: { groups: [{ name: "startup", test: (id) => startup.test(id) || warmLoad.test(id) }] },
  },
});
