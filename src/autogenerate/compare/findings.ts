import type { ObjectName } from "../../schema/object-name.js";

/** Something in the database that no model asks for and that stays. */
export interface Kept {
  readonly kind: "table" | "column" | "unique constraint" | "foreign key" | "check" | "exclusion constraint" | "index";
  /** `users`, `users.email`, `users.users_email_key`. */
  readonly name: string;
  readonly table: ObjectName;
  /** Why it stays although it was asked to go. */
  readonly reason?: string;
}

/** Something that could be done, and is not unless asked for. */
export interface Suggestion {
  readonly kind: "foreign key" | "rename" | "primary key" | "number";
  /** One sentence. */
  readonly message: string;
  readonly table: ObjectName;
}
