import { GmigError } from "../../errors.js";
import { sqlTokens } from "../../schema/sql-tokens.js";

/** What may follow a type in a column's definition, none of which is a type's own word, and where `tableSchema` takes it. */
const ELSEWHERE: Readonly<Record<string, string>> = {
  not: "nullable", null: "nullable", default: "default", collate: "collation", unique: "uniques", primary: "primaryKey", references: "foreignKeys",
  check: "checks", constraint: "checks",
};

/** The type as it is stated. MODEL_INVALID for one that PostgreSQL would take for more than a type, of which the rest would be lost. */
export function statedType(type: string, source: string): string {
  if (/^\s*(small|big)?serial\d?\s*$/i.test(type)) {
    throw new GmigError("MODEL_INVALID", `${source} declares the type ${type}, which is none: declare an integer type and identity "by default"`);
  }
  const word = sqlTokens(type).find((token) => Object.hasOwn(ELSEWHERE, token.toLowerCase()))?.toLowerCase();
  if (word !== undefined) {
    throw new GmigError("MODEL_INVALID", `${source} declares the type ${type}, which says more than a type: ${word} belongs into ${ELSEWHERE[word]}`);
  }
  return type;
}
