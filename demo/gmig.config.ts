import { defineConfig } from "gmig";

export default defineConfig({
  database: process.env["DEMO_DATABASE"] ?? "pglite:../.gmig/demo",
  migrations: "../.migrations",
  models: "models/*.ts",
  environment: "development",
});
