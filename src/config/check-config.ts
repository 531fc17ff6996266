import { GmigError } from "../errors.js";
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

function invalid(message: string, key: string): GmigError {
  return new GmigError("CONFIG_INVALID", message, { data: { key } });
}

function likely(key: string, known: readonly string[]): string {
  const plain = (text: string): string => text.toLowerCase().replace(/[^a-z]/g, "");
  const near = known.find((name) => plain(name) === plain(key) || plain(name).startsWith(plain(key)) || plain(key).startsWith(plain(name)));
  return near === undefined ? `; the keys are ${known.join(", ")}` : `; did you mean ${near}?`;
}

function checkDatabase(value: Readonly<Record<string, unknown>>, where: string, alsoKnown: readonly string[]): void {
  const rules: Readonly<Record<string, Rule>> = RULES;
  const known = [...Object.keys(RULES), ...alsoKnown];
  for (const [key, member] of Object.entries(value)) {
    if (alsoKnown.includes(key) || member === undefined) continue;
    const rule = rules[key];
    if (rule === undefined) throw invalid(`${where} has the unknown key ${JSON.stringify(key)}${likely(key, known)}`, key);
    if (!rule.accepts(member)) throw invalid(`${where}: ${key} must be ${rule.expected}`, key);
  }
}

function isRecord(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}

/**
 * Returns the value as a configuration. `where` names it in messages.
 *
 * @throws GmigError CONFIG_INVALID that names the key and what is expected of it.
 */
export function checkConfig(value: unknown, where: string): UserConfig {
  if (!isRecord(value)) {
    const what = value === null || value === undefined ? String(value) : Array.isArray(value) ? "a list" : `a ${typeof value}`;
    throw new GmigError("CONFIG_INVALID", `The configuration in ${where} must be an object, not ${what}`, { hint: "export default defineConfig({ … })" });
  }
  checkDatabase(value, where, ["databases"]);
  const { databases } = value;
  if (databases === undefined) return value;
  if (!isRecord(databases) || Object.keys(databases).length === 0) throw invalid(`${where}: databases must be an object of named databases`, "databases");
  for (const [name, database] of Object.entries(databases)) {
    if (!isRecord(database)) throw invalid(`${where}: databases.${name} must be an object`, `databases.${name}`);
    checkDatabase(database, `${where}: databases.${name}`, []);
  }
  return value;
}
