import { existsSync, readFileSync, readdirSync } from "node:fs";
import { dirname, join } from "node:path";
import { defineConfig } from "rolldown";

// Small and pure dependencies are bundled, so that a command starts quickly; what the user's project brings (knex, pg,
// objection), what carries a binary (esbuild) and what is large and rarely needed stays outside.
const external = [/^node:/, "knex", "pg", "objection", "esbuild", "libpg-query", /^@electric-sql\/pglite/, "gmig"];

// What every command goes through lies in one file: at start-up a file costs more than what is in it.
const startup = /\/src\/(errors|version|cli\/(?!main|commands|open-)|config\/|directory\/(?!load-bodies|fill|write|file-name)|graph\/|revision\/|workflow\/(project|heads)\.)/;
const warmLoad = /\/src\/load\/(load-modules|evaluate|unit|fingerprint|snapshot|project-files|prepare-units|installed-package|module-format|output-name|stored-unit|unit-record|temporary-units)/;

/** The folder and manifest of the package that a module belongs to. */
function packageOf(module) {
  let folder = dirname(module);
  while (!existsSync(join(folder, "package.json")) || JSON.parse(readFileSync(join(folder, "package.json"), "utf8")).name === undefined) folder = dirname(folder);
  return { folder, manifest: JSON.parse(readFileSync(join(folder, "package.json"), "utf8")) };
}

/** Writes the licences of what is bundled beside the bundle, as they ask for. */
const licences = {
  name: "licences",
  generateBundle(_options, bundle) {
    const modules = Object.values(bundle).flatMap((file) => (file.type === "chunk" ? file.moduleIds : []));
    const packages = new Map(modules.filter((id) => /[\\/]node_modules[\\/]/.test(id)).map((id) => [packageOf(id).folder, packageOf(id).manifest]));
    const texts = [...packages].map(([folder, { name, version, license }]) => {
      const file = readdirSync(folder).find((entry) => /^licen[cs]e/i.test(entry));
      return `## ${name} ${version} (${license})\n\n${file === undefined ? "" : readFileSync(join(folder, file), "utf8").trim()}\n`;
    });
    const source = `# Software in this bundle\n\n${texts.sort().join("\n")}`;
    this.emitFile({ type: "asset", fileName: "THIRD-PARTY.md", source });
  },
};

export default defineConfig({
  input: { index: "src/index.ts", main: "src/cli/main.ts" },
  platform: "node",
  external,
  plugins: [licences],
  output: {
    dir: "dist",
    format: "esm",
    minify: false,
    chunkFileNames: "chunks/[name]-[hash].js",
    codeSplitting: { groups: [{ name: "startup", test: (id) => startup.test(id) || warmLoad.test(id) }] },
  },
});
