/** A text that names a commit, taken apart: where to begin, and which parent to take at each step; `~2` is two steps to the first. */
export interface RefText {
  readonly base: string;
  readonly steps: readonly number[];
}

const SUFFIXES = /(?:[~^]\d*|\^\{(?:commit)?\})*$/;

/** Takes a text apart as gitrevisions(7) says, as far as names, `~N` and `^N` go; null where it asks for more (`@{…}`, `:/…`, `^{tree}`). */
export function parseRefText(text: string): RefText | null {
  const [suffixes = ""] = SUFFIXES.exec(text) ?? [];
  const base = text.slice(0, text.length - suffixes.length);
  const steps = [...suffixes.matchAll(/([~^])(\d*)(?!\d|\{)/g)].flatMap(([, sign, digits]) => {
    const count = digits === "" ? 1 : Number(digits);
    if (sign === "~") return Array<number>(Math.min(count, 100_000)).fill(1);
    return count === 0 ? [] : [count];
  });
  return base === "" || /[\^~:@]\{|[\^~:]/.test(base) ? null : { base: base === "@" ? "HEAD" : base, steps };
}

/** Where git looks for a reference of this name, in its order. */
export function refCandidates(name: string): readonly string[] {
  const folders = ["refs/", "refs/tags/", "refs/heads/", "refs/remotes/"].map((prefix) => prefix + name);
  // Only names in capitals are looked for beside HEAD: git's folder holds other files too.
  const top = /^[A-Z_]+$/.test(name) || name.startsWith("refs/") ? [name] : [];
  return [...top, ...folders, `refs/remotes/${name}/HEAD`];
}
