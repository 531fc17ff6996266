import type { Knex } from "knex";

export const revision = "b470f7bffa1b";
export const parents = ["e489d3884329"];
export const created = "2026-11-22T00:07:30Z";
export const message = "order lines";

export async function up(knex: Knex): Promise<void> {
  await knex.schema.createTable("order_lines", (table) => {
    table.integer("order_id").notNullable().references("orders.id").onDelete("CASCADE");
    table.integer("product_id").notNullable().references("products.id");
    table.integer("quantity").notNullable().defaultTo(1);
    table.primary(["order_id", "product_id"]);
  });
}

export async function down(knex: Knex): Promise<void> {
  await knex.schema.dropTable("order_lines");
}
