/** The text as a literal that means the same whatever `standard_conforming_strings` says: `'it''s'`, ` E'a\\b'`. */
export function quoteLiteral(text: string): string {
  const quoted = `'${text.replaceAll("'", "''")}'`;
  return text.includes("\\") ? `E${quoted.replaceAll("\\", "\\\\")}` : quoted;
}
