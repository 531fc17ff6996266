/** What PostgreSQL calls the built-in types that people give other names. */
const ALIASES: Readonly<Record<string, string>> = {
  int: "integer", int4: "integer", integer: "integer", int8: "bigint", bigint: "bigint", int2: "smallint", smallint: "smallint",
  float4: "real", real: "real", float8: "double precision", float: "double precision", "double precision": "double precision",
  bool: "boolean", boolean: "boolean", decimal: "numeric", numeric: "numeric",
  varchar: "character varying", "character varying": "character varying", char: "character", character: "character",
  bit: "bit", varbit: "bit varying", "bit varying": "bit varying",
  timestamptz: "timestamp with time zone", timestamp: "timestamp without time zone", timetz: "time with time zone", time: "time without time zone",
  "timestamp with time zone": "timestamp with time zone", "timestamp without time zone": "timestamp without time zone",
  "time with time zone": "time with time zone", "time without time zone": "time without time zone",
};

const PLAIN: ReadonlySet<string> = new Set(
  `text uuid json jsonb bytea date interval inet cidr macaddr macaddr8 xml money tsvector tsquery point line lseg box path polygon circle oid
   int4range int8range numrange tsrange tstzrange daterange int4multirange int8multirange nummultirange tsmultirange tstzmultirange datemultirange`.split(/\s+/),
);

const TAKES_LENGTH: ReadonlySet<string> = new Set(["character varying", "character", "bit", "bit varying"]);

/**
 * The built-in type as PostgreSQL's `format_type` prints it: `int8` → `bigint`, `decimal(12, 2)` → `numeric(12,2)`, `timestamptz(3)[]` →
 * `timestamp(3) with time zone[]`. `null` where only a server can tell.
 */
export function canonicalType(text: string): string | null {
  const known = KNOWN.get(text);
  if (known !== undefined) return known;
  const type = readType(text);
  KNOWN.set(text, type);
  return type;
}

/** What was told before: thousands of columns have the same few types. */
const KNOWN = new Map<string, string | null>();

function readType(text: string): string | null {
  const type = text.trim().replaceAll(/\s+/g, " ").toLowerCase();
  const array = /^(.*?) ?(?:\[\d*\]|array(?:\[\d*\])?)(?: ?\[\d*\])*$/.exec(type);
  if (array !== null) {
    const element = canonicalType(array[1] ?? "");
    return element === null ? null : `${element}[]`;
  }
  if (PLAIN.has(type)) return type;
  const [, name = "", modifiers, rest = ""] = /^([a-z0-9 ]+?) ?(?:\( ?(\d+(?: ?, ?-?\d+)?) ?\))?( with(?:out)? time zone)?$/.exec(type) ?? [];
  const canonical = ALIASES[name + rest];
  if (canonical === undefined) return null;
  if (modifiers === undefined) return canonical === "character" || canonical === "bit" ? `${canonical}(1)` : canonical;
  const [first = "", second] = modifiers.split(",").map((part) => part.trim());
  if (canonical === "numeric") return `numeric(${first},${second ?? "0"})`;
  if (second !== undefined) return null;
  if (TAKES_LENGTH.has(canonical)) return `${canonical}(${first})`;
  if (canonical.startsWith("time")) return canonical.replace(/^(time(?:stamp)?)/, `$1(${first})`);
  if (name === "float") return Number(first) <= 24 ? "real" : "double precision";
  return null;
}
