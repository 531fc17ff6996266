import { dirname, join } from "node:path";

/** The package that a bare specifier names: `@scope/name/file` is of `@scope/name`; undefined for a path, a `#` import, or an alias like `@/name`. */
export function packageOf(specifier: string): string | undefined {
  return /^(@[^/\\]+[/\\][^/\\]+|[^@./\\#][^/\\]*)/.exec(specifier)?.[0];
}

/** The folder of the innermost installed package that a file is in, empty for a file outside node_modules. */
export function installedPackage(path: string): string {
  return /^.*[\\/]node_modules[\\/](?:@[^\\/]+[\\/])?[^\\/]+(?=[\\/])/s.exec(path)?.[0] ?? "";
}

/** The package.json that decides where imports of an installed package lead; undefined for a file outside node_modules. */
export function manifestOf(path: string): string | undefined {
  const folder = installedPackage(path);
  return folder === "" ? undefined : join(folder, "package.json");
}

/** Every place where the package.json of a package is looked for, seen from the importing file. */
export function possibleManifests(specifier: string, importer: string): readonly string[] {
  const name = packageOf(specifier);
  return name === undefined ? [] : foldersAbove(importer).map((folder) => join(folder, "node_modules", name, "package.json"));
}

function foldersAbove(path: string): readonly string[] {
  const folder = dirname(path);
  return folder === path ? [] : [folder, ...foldersAbove(folder)];
}
