/** What only a person can tell. Unanswered, nothing is lost: a rename is taken for an addition, a value is left to be filled in. */
export interface Question {
  readonly kind: "rename table" | "rename column" | "value";
  /** The answer's key: `rename users.full_name`, `value users.email`. */
  readonly id: string;
  /** One sentence that ends with a question mark. */
  readonly message: string;
  /** The names that it may have had before; the type of the value asked for. */
  readonly candidates: readonly string[];
  /** Whether the revision would lose or refuse something without an answer. */
  readonly required: boolean;
}

/** By question id: the old name, or empty for "it is new"; SQL for a value. */
export type Answers = ReadonlyMap<string, string>;
