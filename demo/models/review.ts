import { Model } from "objection";

/** What a customer says of a product. */
export class Review extends Model {
  static override tableName = "reviews";

  static override jsonSchema = {
    type: "object",
    required: ["product_id", "stars"],
    properties: {
      id: { type: "integer" },
      product_id: { type: "integer" },
      stars: { type: "integer", minimum: 1, maximum: 5 },
      text: { type: ["string", "null"] },
    },
  };
}
