import type { Knex } from "knex";

export const revision = "10da7144d4d4";
export const parents = [];
export const created = "2026-11-22T00:07:26Z";
export const message = "create customers";

export async function up(knex: Knex): Promise<void> {
  await knex.schema.createTable("customers", (table) => {
    table.increments("id");
    table.string("email", 200).notNullable().unique();
    table.text("name").notNullable();
    table.timestamp("joined_at").notNullable().defaultTo(knex.fn.now());
  });
}

export async function down(knex: Knex): Promise<void> {
  await knex.schema.dropTable("customers");
}
