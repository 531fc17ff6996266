import { GmigError } from "../errors.js";
import { nearest } from "../nearest.js";
import { type DatabaseConfig, ENVIRONMENTS, type Environment, type UserConfig } from "./user-config.js";

interface Rule {
  readonly expected: string;
  readonly accepts: (value: unknown) => boolean;
}

const isText = (value: unknown): boolean => typeof value === "string" && value !== "";
const TEXT: Rule = { expected: "a text that is not empty", accepts: isText };
const TEXTS: Rule = { expected: "a text, or a list of texts that is not empty", accepts: (value) => isText(value) || (Array.isArray(value) && value.length > 0 && value.every(isText)) };
const FLAG: Rule = { expected: "true or false", accepts: (value) => typeof value === "boolean" };
const LIST: Rule = { expected: "a list of texts", accepts: (value) => Array.isArray(value) && value.length > 0 && value.every(isText) };
const FUNCTION: Rule = { expected: "a function", accepts: (value) => typeof value === "function" };

const RULES: Readonly<Record<keyof DatabaseConfig, Rule>> = {
  database: {
    expected: "a URL, a Knex configuration or a function",
    accepts: (value) => isText(value) || typeof value === "function" || (typeof value === "object" && value !== null && !Array.isArray(value)),
  },
  migrations: TEXTS,
  recursive: FLAG,
  models: TEXTS,
  environment: { expected: "development, test or production", accepts: isEnvironment },
  ledgerSchema: TEXT,
  lockTimeout: { expected: "a time such as 10s, 500ms or 2min", accepts: (value) => typeof value === "string" && /^\d+\s*(ms|s|min)$/.test(value) },
  shadow: TEXT,
  template: TEXT,
  fileName: {
    expected: "a pattern that holds {id} and no slash",
    accepts: (value) => typeof value === "string" && value.includes("{id}") && !/[/\\]/.test(value),
  },
  schemas: LIST,
  enums: { expected: "check or native", accepts: (value) => value === "check" || value === "native" },
  foreignKeys: FLAG,
  include: FUNCTION,
  rewrite: FUNCTION,
  formatter: { expected: "a command, or false", accepts: (value) => value === false || isText(value) },
  register: LIST,
  onStep: FUNCTION,
};

export function isEnvironment(value: unknown): value is Environment {
  return ENVIRONMENTS.some((name) => name === value);
}

function likely(key: string, known: readonly string[]): string {
  const plain = (text: string): string => text.toLowerCase().replace(/[^a-z]/g, "");
  const begun = known.find((name) => plain(name).startsWith(plain(key)) || plain(key).startsWith(plain(name)));
  // Every name begins with nothing.
  const near = plain(key) === "" ? undefined : begun ?? known.find((name) => plain(name) === nearest(plain(key), known.map(plain)));
  return near === undefined ? `; the keys are ${known.join(", ")}` : `; did you mean ${near}?`;
}

interface Wrong {
  readonly key: string;
  readonly message: string;
}

/** The first key that is unknown or has a value of another kind. */
function findWrong(value: Readonly<Record<string, unknown>>, where: string, alsoKnown: readonly string[]): Wrong | undefined {
  const rules: Readonly<Record<string, Rule>> = RULES;
  const known = [...Object.keys(RULES), ...alsoKnown];
  const wrong = Object.entries(value).flatMap(([key, member]): readonly Wrong[] => {
    if (alsoKnown.includes(key) || member === undefined) return [];
    const rule = Object.hasOwn(rules, key) ? rules[key] : undefined;
    if (rule === undefined) return [{ key, message: `${where} has the unknown key ${JSON.stringify(key)}${likely(key, known)}` }];
    return rule.accepts(member) ? [] : [{ key, message: `${where}: ${key} must be ${rule.expected}` }];
  });
  return wrong[0];
}

function isRecord(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}

/** The first thing wrong with named databases. */
function findWrongDatabase(databases: unknown, where: string): Wrong | undefined {
  if (databases === undefined) return undefined;
  if (!isRecord(databases) || Object.keys(databases).length === 0) return { key: "databases", message: `${where}: databases must be an object of named databases` };
  const wrong = Object.entries(databases).flatMap(([name, database]) => {
    const key = `databases.${name}`;
    return isRecord(database) ? (findWrong(database, `${where}: ${key}`, []) ?? []) : [{ key, message: `${where}: ${key} must be an object` }];
  });
  return wrong[0];
}

/**
 * Returns the value as a configuration. `where` names it in messages, and `hint` says what to do about one that is wrong.
 *
 * @throws GmigError CONFIG_INVALID that names the key and what is expected of it.
 */
export function checkConfig(value: unknown, where: string, hint?: string): UserConfig {
  if (!isRecord(value)) {
    const what = value === null || value === undefined ? String(value) : Array.isArray(value) ? "a list" : `a ${typeof value}`;
    throw new GmigError("CONFIG_INVALID", `The configuration in ${where} must be an object, not ${what}`, { hint: "export default defineConfig({ … })" });
  }
  const wrong = findWrong(value, where, ["databases"]) ?? findWrongDatabase(value["databases"], where);
  if (wrong !== undefined) throw new GmigError("CONFIG_INVALID", wrong.message, { hint, data: { key: wrong.key } });
  return value;
}
