/**
 * Who has to act on an error, which also decides the exit status of the command line:
 * the one who typed it (`usage`), whoever keeps the configuration (`config`), whoever writes the
 * revisions (`graph`, `history`, `data`), whoever runs the machine (`database`, `git`, `disk`), or us (`internal`).
 */
export type ErrorKind =
  | "usage"
  | "config"
  | "graph"
  | "history"
  | "data"
  | "database"
  | "git"
  | "disk"
  | "internal"
  | "interrupted";

/** Every code that gmig throws, with the kind it belongs to. Callers test `code`, never the message. */
const KIND_OF_CODE = {
  GRAPH_CYCLE: "graph",
  SELF_PARENT: "graph",
  DEPENDENCY_CYCLE: "graph",
  SELF_DEPENDENCY: "graph",
  PARENT_MISSING: "graph",
  DEPENDENCY_MISSING: "graph",
  LABEL_DUPLICATE: "graph",
  LABEL_MALFORMED: "graph",
  REVISION_DUPLICATE: "graph",
  ID_MALFORMED: "graph",
  REVISION_MALFORMED: "graph",
  CONFLICT_MARKERS: "graph",
  MULTIPLE_HEADS: "graph",
  REVISION_NOT_FOUND: "graph",
  BRANCH_NOT_FOUND: "graph",
  REVISION_AMBIGUOUS: "graph",
  NOT_ON_BRANCH: "graph",
  RANGE_MALFORMED: "graph",
  RANGE_NOT_ANCESTOR: "graph",
  NOT_A_DOWNGRADE_TARGET: "graph",
  STEP_OUT_OF_RANGE: "graph",
  STEP_AMBIGUOUS: "graph",
  PARENT_DUPLICATE: "graph",
  SPLICE_NEEDED: "graph",
  OUT_OF_ORDER: "history",
  UNKNOWN_APPLIED: "history",
  IRREVERSIBLE: "history",
  MERGE_CONFLICTS: "history",
  NOT_AT_HEAD: "history",
  DATA_LOSS: "data",
  NOT_DEVELOPMENT: "history",
  FOLDER_ABSENT: "history",
  LEDGER_NEWER: "history",
  STEP_INCOMPLETE: "history",
  MERGE_STRAY: "history",
  USAGE: "usage",
  CONFIG_NOT_FOUND: "config",
  CONFIG_INVALID: "config",
  MODEL_INVALID: "config",
  QUESTIONS_OPEN: "usage",
  PGLITE_MISSING: "config",
  SCRATCH_UNAVAILABLE: "config",
  CONNECTION_FAILED: "database",
  LOCK_HELD: "database",
  STEP_FAILED: "database",
  STEP_BROKE_TRANSACTION: "database",
  WRITE_FAILED: "disk",
  NOT_A_REPOSITORY: "git",
  GIT_FAILED: "git",
  INTERRUPTED: "interrupted",
  INTERNAL: "internal",
} as const satisfies Record<string, ErrorKind>;

export type ErrorCode = keyof typeof KIND_OF_CODE;

const EXIT_STATUS: Record<ErrorKind, number> = {
  usage: 2,
  config: 2,
  graph: 3,
  history: 3,
  data: 3,
  database: 4,
  git: 4,
  disk: 4,
  internal: 70,
  interrupted: 130,
};

export interface GmigErrorDetails {
  /** A command to paste, where one mends it. */
  readonly hint?: string | undefined;
  /** The ids, names and values that the message speaks of. Never a password. */
  readonly data?: Readonly<Record<string, unknown>>;
  readonly cause?: unknown;
}

/** A text as a shell takes it for one word: as it is where that is safe, else in single quotes. */
export function shellWord(text: string): string {
  return /^[\w./:+@=,-][\w./:+@=,~-]*$/.test(text) ? text : `'${text.replaceAll("'", "'\\''")}'`;
}

/**
 * Returns a command to paste. What is filled in is one word of it, or one for each of a list: ids, branches and files come from whoever wrote a
 * branch, and must not become anything else in a shell.
 *
 * @example command`gmig rebase ${id} --onto ${["a", "$(b)"]}`; // gmig rebase 3f2a --onto a '$(b)'
 */
export function command(parts: TemplateStringsArray, ...words: readonly (string | readonly string[])[]): string {
  return parts.map((part, index) => part + [words[index] ?? []].flat().filter((word) => word !== "").map(shellWord).join(" ")).join("");
}

/** The only error that gmig throws on purpose: one sentence for a person, a code for a program, and the command that mends it. */
export class GmigError extends Error {
  override readonly name = "GmigError";
  readonly kind: ErrorKind;
  readonly code: ErrorCode;
  readonly hint: string | undefined;
  readonly data: Readonly<Record<string, unknown>>;

  constructor(code: ErrorCode, message: string, details: GmigErrorDetails = {}) {
    super(message, details.cause === undefined ? undefined : { cause: details.cause });
    this.kind = KIND_OF_CODE[code];
    this.code = code;
    this.hint = details.hint;
    this.data = Object.freeze({ ...details.data });
  }

  /** The status that the command line exits with: 2, 3, 4, 70 or 130. */
  get exitStatus(): number {
    return EXIT_STATUS[this.kind];
  }
}
