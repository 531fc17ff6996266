import { parseAst } from "rolldown/parseAst";

export interface Import {
  /** As written; undefined where `import()` computes it. */
  readonly from: string | undefined;
  readonly typeOnly: boolean;
  /** The names taken, as the other module exports them; `*` for all or none. */
  readonly names: readonly string[];
}

/** What the rules ask of one TypeScript file. */
export interface SourceFacts {
  readonly imports: readonly Import[];
  /** Names used as values that no property, key or label is: `process`, `Math`. */
  readonly identifiers: ReadonlySet<string>;
  /** Constructs by short names: `Date.now`, `new Date()`, `throw new Error`, `any`. */
  readonly constructs: ReadonlySet<string>;
}

interface Node {
  readonly type: string;
  readonly [key: string]: unknown;
}

/** Reads imports of every kind (static, dynamic, type, export from, import equals) and what else the rules name. Throws on a syntax error. */
export function readSource(text: string): SourceFacts {
  const imports: Import[] = [];
  const identifiers = new Set<string>();
  const constructs = new Set<string>();
  visit(parseAst(text, { lang: "ts" }) as unknown as Node);
  return { imports, identifiers, constructs };

  function visit(node: Node): void {
    const found = readImport(node);
    if (found !== undefined) imports.push(found);
    if (node.type === "Identifier") identifiers.add(String(node["name"]));
    const construct = readConstruct(node);
    if (construct !== undefined) constructs.add(construct);
    for (const child of children(node)) visit(child);
  }
}

function readImport(node: Node): Import | undefined {
  switch (node.type) {
    case "ImportDeclaration":
    case "ExportAllDeclaration":
    case "ExportNamedDeclaration": {
      if (!isNode(node["source"])) return undefined;
      const typeOnly = node["importKind"] === "type" || node["exportKind"] === "type";
      const specifiers = nodes(node["specifiers"]);
      return { from: literal(node["source"]), typeOnly, names: specifiers.length === 0 ? ["*"] : specifiers.map(nameTaken) };
    }
    case "ImportExpression":
      return { from: literal(node["source"]), typeOnly: false, names: ["*"] };
    case "TSImportType":
      return { from: literal(node["source"]), typeOnly: true, names: ["*"] };
    case "TSExternalModuleReference":
      return { from: literal(node["expression"]), typeOnly: false, names: ["*"] };
    default:
      return undefined;
  }
}

function nameTaken(specifier: Node): string {
  if (specifier.type === "ImportDefaultSpecifier") return "default";
  const name = specifier.type === "ImportSpecifier" ? specifier["imported"] : specifier["local"];
  return specifier.type === "ImportNamespaceSpecifier" || !isNode(name) ? "*" : String(name["name"] ?? name["value"]);
}

function readConstruct(node: Node): string | undefined {
  switch (node.type) {
    case "TSAnyKeyword":
      return "any";
    case "MemberExpression":
      return `${identifier(node["object"])}.${identifier(node["property"])}`;
    case "NewExpression":
      return nodes(node["arguments"]).length === 0 ? `new ${identifier(node["callee"])}()` : undefined;
    case "CallExpression":
      return `${identifier(node["callee"])}()`;
    case "ThrowStatement": {
      const thrown = node["argument"];
      return isNode(thrown) && thrown.type === "NewExpression" ? `throw new ${identifier(thrown["callee"])}` : undefined;
    }
    default:
      return undefined;
  }
}

/** All nodes below this one but names that only say which property: the `b` of `a.b`, `typeof a.b`, `{ b: 1 }` and `class { b }`. */
function children(node: Node): readonly Node[] {
  const name = node["computed"] === true ? undefined : nameKey(node);
  return Object.entries(node).flatMap(([key, value]) => (key === name ? [] : nodes(value)));
}

function nameKey(node: Node): string | undefined {
  if (node.type === "MemberExpression") return "property";
  if (node.type === "TSQualifiedName") return "right";
  return node["shorthand"] === true ? undefined : "key";
}

function nodes(value: unknown): readonly Node[] {
  return (Array.isArray(value) ? value : [value]).filter(isNode);
}

function isNode(value: unknown): value is Node {
  return typeof value === "object" && value !== null && "type" in value;
}

function literal(node: unknown): string | undefined {
  return isNode(node) && node.type === "Literal" ? String(node["value"]) : undefined;
}

function identifier(node: unknown): string {
  return isNode(node) && node.type === "Identifier" ? String(node["name"]) : "?";
}
