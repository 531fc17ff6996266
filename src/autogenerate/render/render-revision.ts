import { onlyAdds } from "../../operation/alter-enum.js";
import { namingFor, type Naming } from "../../operation/naming.js";
import type { Operation } from "../../operation/operation.js";
import { describe, invertAll, toSql } from "../../operation/operations.js";
import { quoteLiteral } from "../../schema/literal.js";
import { knexBody, type NotesOf } from "./knex-body.js";
import { safeNames } from "./knex-names.js";
import { splitOperation } from "./split-operation.js";
import { sqlBody } from "./sql-body.js";

export interface RenderOptions {
  readonly format: "knex" | "sql";
  /** The schema whose objects stand bare, as the schema was read with. */
  readonly bareSchema: string;
  /** What the project's `wrapIdentifier` makes of a name, where it has one. */
  readonly mapped?: (name: string) => string;
  /** Warnings, as a comparison finds them. */
  /** The properties behind operations. */
  readonly properties?: readonly { readonly operation: Operation; readonly property: string }[];
  readonly hazards: readonly { readonly operation: Operation; readonly direction: "up" | "down"; readonly message: string }[];
  /** What stays although no model mentions it, in words. */
  readonly kept: readonly string[];
}

export interface RenderedRevision {
  /** What the revision does, keeps and wants looked at: lines of text, without comment signs. */
  readonly comment: readonly string[];
  /** The bodies of `up` and `down`; Knex code is indented by two spaces, SQL is not. */
  readonly up: string;
  readonly down: string;
  /** Whether it can run in a transaction. */
  readonly transaction: boolean;
}

/** Operations as the text of a revision and of the way back. */
export function renderRevision(operations: readonly Operation[], options: RenderOptions): RenderedRevision {
  const { format, bareSchema, hazards, properties = [], kept, mapped = (name: string) => name } = options;
  const naming = namingFor(bareSchema);
  const back = invertAll(operations);
  const body = (list: readonly Operation[], notesOf: NotesOf): string =>
    format === "sql" ? sqlBody(list, naming, notesOf) : knexBody(list, { naming, bareSchema, isSafe: safeNames(mapped) }, notesOf);
  const notes = (direction: "up" | "down", list: readonly Operation[]): NotesOf => {
    const forward = new Map(list.map((operation, place) => [operation, operations[direction === "up" ? place : list.length - 1 - place]]));
    const own = hazards.filter((hazard) => hazard.direction === direction);
    return (operation) => {
      // What has a place of its own in the middle of its code needs no word before it.
      if (splitOperation(operation, naming).some(({ kind }) => kind === "place")) return [];
      return own.filter((hazard) => hazard.operation === forward.get(operation)).map(({ message }) => `Look: ${message}.`);
    };
  };
  const changes = operations.map((operation) => {
    const behind = properties.find((each) => each.operation === operation);
    return `${describe(operation)}${behind === undefined ? "" : ` (${behind.property})`}`;
  });
  return {
    comment: headerLines(changes, hazards.map(({ message }) => message), kept),
    up: body(operations, notes("up", operations)),
    down: body(back, notes("down", back)),
    transaction: canRunInTransaction(operations, naming) && canRunInTransaction(back, naming),
  };
}

/** A long list says how much more there is. */
const LONGEST_LIST = 40;

function headerLines(changes: readonly string[], hazards: readonly string[], kept: readonly string[]): readonly string[] {
  const list = (title: string, lines: readonly string[]): readonly string[] => {
    if (lines.length === 0) return [];
    const more = lines.length > LONGEST_LIST ? [`  and ${lines.length - LONGEST_LIST} more`] : [];
    return [title, ...lines.slice(0, LONGEST_LIST).map((line) => `  ${line}`), ...more];
  };
  return [
    ...list("Changed:", changes),
    ...list("Kept, though no model mentions it:", kept),
    ...list("Look at:", [...new Set(hazards)]),
  ];
}

/** Not with CONCURRENTLY, nor where a value that an enum gains is used right after. */
function canRunInTransaction(operations: readonly Operation[], naming: Naming): boolean {
  return operations.every((operation, place) => {
    if (operation.kind === "create index" || operation.kind === "drop index") return !operation.concurrently;
    if (operation.kind !== "alter enum" || operation.anew || !onlyAdds(operation.from, operation.to)) return true;
    const added = operation.to.filter((value) => !operation.from.includes(value)).map(quoteLiteral);
    const later = operations.slice(place + 1).flatMap((each) => toSql(each, naming));
    return !later.some((sql) => added.some((value) => sql.includes(value)));
  });
}
