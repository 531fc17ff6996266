/** Who reads a repository's objects and references. */
export type Choice = { readonly kind: "native" } | { readonly kind: "isomorphic" } | { readonly kind: "none"; readonly why: string };

/**
 * Chooses between git and isomorphic-git. HEAD and other references are read from their files before either is asked. For objects git is the quicker one
 * wherever it is: a process takes 5 ms, while isomorphic-git takes 25 ms to load and then reads and checks whole packs (11 ms for one of 7 kB, 150 ms
 * for one of 22 MB). So it serves where there is no git program, in the repositories that it reads rightly (`failing` is null).
 */
export function chooseReader(hasGit: boolean, failing: () => string | null): Choice {
  if (hasGit) return { kind: "native" };
  const why = failing();
  return why === null ? { kind: "isomorphic" } : { kind: "none", why };
}
