import { Model } from "objection";
import { Customer } from "./customer.js";
import { Product } from "./product.js";

/** What a customer buys at once. */
export class Order extends Model {
  static override tableName = "orders";

  static override jsonSchema = {
    type: "object",
    required: ["customer_id", "status"],
    properties: {
      id: { type: "integer" },
      customer_id: { type: "integer" },
      status: { type: "string", enum: ["open", "paid", "sent"] },
      placed_at: { type: "string", format: "date-time" },
    },
  };

  static override relationMappings = () => ({
    customer: {
      relation: Model.BelongsToOneRelation,
      modelClass: Customer,
      join: { from: "orders.customer_id", to: "customers.id" },
    },
    products: {
      relation: Model.ManyToManyRelation,
      modelClass: Product,
      join: { from: "orders.id", through: { from: "order_lines.order_id", to: "order_lines.product_id" }, to: "products.id" },
    },
  });
}
