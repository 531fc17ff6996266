import { quoteIdentifier } from "../schema/identifier.js";

/** What PostgreSQL's letters in an access list stand for. */
const PRIVILEGES: Readonly<Record<string, string>> = {
  r: "select",
  w: "update",
  a: "insert",
  d: "delete",
  D: "truncate",
  x: "references",
  t: "trigger",
  m: "maintain",
  U: "usage",
  X: "execute",
};

/** GRANT for each entry that gives someone else than the owner a right to a table, or to `columns` of it, or to something else. `on` is SQL: `users`, `sequence users_id_seq`. */
export function grantStatements(
  on: string,
  grants: readonly string[],
  owner: string | null,
  columns: readonly string[] = [],
): readonly string[] {
  return grants.flatMap((grant) => {
    const [, grantee = "", letters = ""] = /^("(?:[^"]|"")*"|[^=]*)=([A-Za-z*]*)\//.exec(grant) ?? [];
    if (grantee === owner || grantee === `"${owner}"`) return [];
    const to = grantee === "" ? "public" : grantee.startsWith('"') ? grantee : quoteIdentifier(grantee);
    const parts = columns.map(quoteIdentifier).join(", ");
    return [false, true].flatMap((withOption) => {
      const names = [...letters.matchAll(/([A-Za-z])(\*?)/g)]
        .filter(([, , star]) => (star === "*") === withOption)
        .flatMap(([, letter = ""]) => PRIVILEGES[letter] ?? []);
      const privileges = names.map((name) => (parts === "" ? name : `${name} (${parts})`)).join(", ");
      return names.length === 0 ? [] : [`grant ${privileges} on ${on} to ${to}${withOption ? " with grant option" : ""}`];
    });
  });
}

/** The same for what everybody may use as soon as it is made, a type or a function: the right is taken away first, where it was. */
export function grantAnew(on: string, grants: readonly string[], owner: string): readonly string[] {
  const isRevoked = grants.length > 0 && !grants.some((grant) => grant.startsWith("="));
  return [...(isRevoked ? [`revoke all on ${on} from public`] : []), ...grantStatements(on, grants, owner)];
}
