import type { Knex } from "knex";

export const revision = "a8b7ea26b1cb";
export const parents = ["91df6143b041"];
export const labels = ["reviews"];
export const created = "2026-11-22T00:07:31Z";
export const message = "reviews of products";

export async function up(knex: Knex): Promise<void> {
  await knex.schema.createTable("reviews", (table) => {
    table.increments("id");
    table.integer("product_id").notNullable().references("products.id").onDelete("CASCADE");
    table.integer("stars").notNullable();
    table.text("text");
  });
}

export async function down(knex: Knex): Promise<void> {
  await knex.schema.dropTable("reviews");
}
