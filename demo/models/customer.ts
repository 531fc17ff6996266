import { Model } from "objection";
import { Order } from "./order.js";

/** Somebody who buys in the shop. */
export class Customer extends Model {
  static override tableName = "customers";

  static override jsonSchema = {
    type: "object",
    required: ["email", "name"],
    properties: {
      id: { type: "integer" },
      email: { type: "string", maxLength: 200 },
      name: { type: "string" },
      joined_at: { type: "string", format: "date-time" },
    },
  };

  static override relationMappings = () => ({
    orders: {
      relation: Model.HasManyRelation,
      modelClass: Order,
      join: { from: "customers.id", to: "orders.customer_id" },
    },
  });
}
