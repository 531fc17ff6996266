import { defineConfig } from "rolldown";

// Small and pure dependencies are bundled, so that a command starts quickly; what the user's project brings (knex, pg,
// objection), what carries a binary (esbuild) and what is large and rarely needed stays outside.
const external = [/^node:/, "knex", "pg", "objection", "esbuild", "libpg-query", /^@electric-sql\/pglite/, "gmig"];

export default defineConfig({
  input: { index: "src/index.ts", main: "src/cli/main.ts" },
  platform: "node",
  external,
  output: { dir: "dist", format: "esm", minify: false, chunkFileNames: "chunks/[name]-[hash].js" },
});
