import { Model } from "objection";
import { Review } from "./review.js";

/** Something to buy. */
export class Product extends Model {
  static override tableName = "products";

  static override jsonSchema = {
    type: "object",
    required: ["name", "price"],
    properties: {
      id: { type: "integer" },
      name: { type: "string", maxLength: 120 },
      price: { type: "number", minimum: 0 },
      tags: { type: "array", items: { type: "string" } },
    },
  };

  static override relationMappings = () => ({
    reviews: {
      relation: Model.HasManyRelation,
      modelClass: Review,
      join: { from: "products.id", to: "reviews.product_id" },
    },
  });
}
