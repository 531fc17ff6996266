/** Types of text, by PostgreSQL's own names. */
export const TEXTS: ReadonlySet<string> = new Set(["text", "character varying", "character", "citext"]);

/** Types of numbers that convert into each other by themselves. */
export const NUMBERS: ReadonlySet<string> = new Set(["smallint", "integer", "bigint", "numeric", "real", "double precision"]);

/** Types that say a day. */
export const MOMENTS: ReadonlySet<string> = new Set(["timestamp with time zone", "timestamp without time zone", "date"]);

/** Types of JSON. */
export const JSONS: ReadonlySet<string> = new Set(["json", "jsonb"]);
