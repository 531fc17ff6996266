import type { Knex } from "knex";

export const revision = "e489d3884329";
export const parents = ["91df6143b041"];
export const labels = ["orders"];
export const created = "2026-11-22T00:07:29Z";
export const message = "create orders";

export async function up(knex: Knex): Promise<void> {
  await knex.schema.createTable("orders", (table) => {
    table.increments("id");
    table.integer("customer_id").notNullable().references("customers.id").onDelete("CASCADE");
    table.text("status").notNullable().defaultTo("open").checkIn(["open", "paid", "sent"], "orders_status_check");
    table.timestamp("placed_at").notNullable().defaultTo(knex.fn.now());
  });
}

export async function down(knex: Knex): Promise<void> {
  await knex.schema.dropTable("orders");
}
