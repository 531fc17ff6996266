import { execFileSync } from "node:child_process";
import { symlinkSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { suite } from "uvu";
import { freshFolder } from "../../support/folder.js";
import { modelOf, openProject, render } from "../project.js";

const test = suite("render/strict-types");

const MODULES = fileURLToPath(new URL("../../../../node_modules", import.meta.url));

test("what is written in Knex's words passes a strict compiler", async () => {
  const project = await openProject(`create extension btree_gist; create table t (id int primary key, b text, c jsonb, during tstzrange, g int generated always as (id + 1) stored);
    create table gone (id serial primary key, t int references t on delete cascade deferrable); create index on t using gin (c); create index on t using hash (b); comment on table t is 'x'`);
  try {
    const columns = {
      id: { type: "bigint" }, a: { type: "text", nullable: false }, n: { type: "text", default: "'it''s'", comment: "`${x}`" }, at: { type: "timestamp(3)" },
      "odd name": { type: "int" }, c: { type: "jsonb" }, during: { type: "tstzrange" }, l: { type: "varchar(9)[]", collation: "C" },
      price: { type: "numeric(9,2)", default: "1.5" }, ok: { type: "bool", default: "true" },
    } as const;
    const models = [
      modelOf("t", {
        closed: true,
        columns: { ...columns, a: { ...columns.a, renamedFrom: "b" } },
        comment: null,
        uniques: [{ columns: ["n"], deferrable: "initially deferred" }],
        indexes: (["btree", "hash", "brin", "spgist"] as const).map((method) => ({ columns: ["n"], method })),
        foreignKeys: [{ columns: ["id"], references: { table: "u" }, onDelete: "cascade", deferrable: true }],
        checks: [{ expression: "n <> 'a?b'" }],
        excludes: [{ elements: [["during", "&&"]] }],
      }),
      modelOf("u", { columns, primaryKey: ["id"], indexes: [{ columns: ["c"], method: "gin" }, { columns: ["a"] }, { columns: ["during"], method: "gist" }] }),
    ];
    const revision = render(await project.compare(models, { options: { hasRows: () => true, dropUndeclared: true }, answers: new Map([["value t.a", "'x'"]]) }), "knex");
    const folder = freshFolder();
    symlinkSync(MODULES, join(folder, "node_modules"));
    const bodies = (["up", "down"] as const).map((name) => `export async function ${name}(knex: Knex): Promise<void> {\n${revision[name]}\n}\n`);
    writeFileSync(join(folder, "revision.ts"), `import type { Knex } from "knex";\n${bodies.join("\n")}`);
    const options = ["--ignoreConfig", "--strict", "--noUnusedLocals", "--noUnusedParameters", "--module", "nodenext", "--target", "es2022", "--skipLibCheck", "--noEmit"];
    try {
      execFileSync(process.execPath, [join(MODULES, "typescript/bin/tsc"), ...options, "revision.ts"], { cwd: folder, encoding: "utf8" });
    } catch (error) {
      throw new Error(`${String((error as { stdout?: unknown }).stdout)}\n${bodies.join("\n")}`, { cause: error });
    }
  } finally {
    await project.close();
  }
});

test.run();
