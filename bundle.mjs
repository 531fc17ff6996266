import { existsSync, readFileSync, readdirSync } from "node:fs";
import { dirname, join } from "node:path";
import { build } from "rolldown";

// Small and pure dependencies are bundled, so that a command starts quickly; what the user's project brings (knex, pg,
// objection), what carries a binary (esbuild) and what is large and rarely needed stays outside.
const external = [/^node:/, "knex", "pg", "objection", "esbuild", "libpg-query", /^@electric-sql\/pglite/, "gmig"];

// What every command goes through lies in one file, with what the quickest of them needs: at start-up a file costs more than what is in it.
const startup = /\/src\/(cli\/(run-cli|commands\/heads)|workflow\/heads|config\/load-config)\.ts$/;

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

/** Loads on first use what a command may well do without: the costly ones among Node's own modules, and for a configuration that imports gmig all but `defineConfig`. */
const lazyRequires = {
  name: "lazy-requires",
  renderChunk(code, chunk) {
    const cheap = new Set(["node:fs", "node:path", "node:url", "node:util"]);
    let text = code;
    for (const [line, name, module] of code.matchAll(/^(?:let|const) (\w+) = require\("([^"]+)"\);\n/gm)) {
      const isLazy = module.startsWith("node:") ? !cheap.has(module) : chunk.name === "index" && !module.includes("/startup-");
      if (isLazy && !text.includes(`\n${name} = `)) text = text.replace(line, "").replaceAll(new RegExp(`\\b${name}\\b`, "g"), () => `(require("${module}"))`);
    }
    return text.replace(/^exports\.(\w+) = (\(require\("[^"]+"\)\)\.\w+);$/gm, 'Object.defineProperty(exports, "$1", { enumerable: true, get: () => $2 });');
  },
};

/** Clipanion opens the standard input and asks the terminal for its colours as soon as it is loaded, for defaults that gmig never takes. */
const withoutDefaults = {
  name: "without-defaults",
  transform: {
    filter: { id: /clipanion[\\/]lib[\\/]advanced[\\/]Cli\.mjs$/ },
    handler(code) {
      const changed = code.replace(/^Cli\.defaultContext = \{[^}]*\};$/m, "Cli.defaultContext = { colorDepth: 1 };");
      if (changed === code) throw new Error("Clipanion's default context is not where it was");
      return changed;
    },
  },
};

/** For `import`, a door to the same modules that `require` and the command line use: one instance of each, whoever asks. */
const importDoor = {
  name: "import-door",
  generateBundle(_options, bundle) {
    const { exports } = bundle["index.cjs"];
    this.emitFile({ type: "asset", fileName: "index.js", source: `import gmig from "./index.cjs";\n\nexport const {\n${exports.map((name) => `  ${name},\n`).join("")}} = gmig;\n` });
  },
};

// node bundle.mjs [--sourcemap]: src as the package holds it, in dist/.
await build({
  input: { index: "src/index.ts", main: "src/cli/main.ts" },
  platform: "node",
  external,
  // Its CommonJS would bring a library of validators along.
  resolve: { alias: { clipanion: "clipanion/lib/advanced/index.mjs" } },
  // What heads needs is in the start-up file in any case.
  checks: { ineffectiveDynamicImport: false },
  plugins: [licences, withoutDefaults, lazyRequires, importDoor],
  output: {
    dir: "dist",
    sourcemap: process.argv.includes("--sourcemap"),
    // Node starts CommonJS quicker, and leaves its own modules' parts alone that nobody asks for.
    format: "cjs",
    minify: { compress: false, mangle: false, codegen: { removeWhitespace: true } },
    entryFileNames: "[name].cjs",
    chunkFileNames: "chunks/[name]-[hash].cjs",
    codeSplitting: { groups: [{ name: "startup", test: (id) => startup.test(id) || id === "\0rolldown/runtime.js" }] },
  },
});
