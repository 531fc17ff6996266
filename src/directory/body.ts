/** One direction of a revision: a function that takes Knex, or SQL text. */
export type BodyPart = { readonly kind: "code"; readonly run: (knex: never) => unknown } | { readonly kind: "sql"; readonly sql: string };

/** What a revision does, loaded. A direction that the file lacks is null. */
export interface Body {
  readonly up: BodyPart | null;
  readonly down: BodyPart | null;
  /** The file's whole text as it was read. */
  readonly text: string;
}
