import type { Knex } from "knex";

export const revision = "91df6143b041";
export const parents = ["10da7144d4d4"];
export const created = "2026-11-22T00:07:27Z";
export const message = "create products";

export async function up(knex: Knex): Promise<void> {
  await knex.schema.createTable("products", (table) => {
    table.increments("id");
    table.string("name", 120).notNullable();
    table.decimal("price", 10, 2).notNullable();
    table.specificType("tags", "text[]").notNullable().defaultTo("{}");
  });
  await knex("products").insert([
    { name: "Teapot", price: 24, tags: ["kitchen"] },
    { name: "Kite", price: 12.5, tags: ["outdoors", "toys"] },
  ]);
}

export async function down(knex: Knex): Promise<void> {
  await knex.schema.dropTable("products");
}
