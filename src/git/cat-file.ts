import type { GitObject } from "./git-object.js";
import { gitFailed } from "./git-failed.js";
import { type Git, startGit } from "./run-git.js";

/** What git knows under one name. */
export interface CatReply {
  /** The name as it was asked for. */
  readonly name: string;
  readonly id: string;
  /** Without bytes when only the kinds were asked for. */
  readonly object: GitObject;
}

export interface CatOptions {
  readonly purpose: string;
  /** Whether the objects' bytes are wanted too. */
  readonly contents: boolean;
}

const HEADER = /^([0-9a-f]{40,64}) (commit|tree|blob|tag) (\d+)$/;
const NOTHING = Buffer.alloc(0);
const LARGE = 65_536;

/** A copy of a small object, which would keep its neighbours in memory; a large one is most of its piece. */
function kept(bytes: Buffer): Buffer {
  return bytes.length > LARGE ? bytes : Buffer.from(bytes);
}

/** Takes replies apart as their bytes come, in whatever pieces. */
class ReplyReader {
  #held: Buffer[] = [];
  #length = 0;
  /** How many bytes there must be before looking again is worth while. */
  #needed = 0;
  readonly #names: Iterator<string>;
  readonly #contents: boolean;

  constructor(names: readonly string[], contents: boolean) {
    this.#names = names[Symbol.iterator]();
    this.#contents = contents;
  }

  /** Takes a piece in and yields the replies that it completes; a name that stands for nothing gives none. */
  *take(chunk: Buffer): Generator<CatReply> {
    this.#held.push(chunk);
    this.#length += chunk.length;
    if (this.#length < this.#needed) return;
    const bytes = Buffer.concat(this.#held);
    let offset = 0;
    this.#needed = 0;
    for (;;) {
      const end = bytes.indexOf("\n", offset);
      if (end < 0) break;
      const [, id, type, size] = HEADER.exec(bytes.toString("latin1", offset, end)) ?? [];
      const from = end + 1;
      const to = id === undefined || !this.#contents ? from : from + Number(size) + 1;
      if (to > bytes.length) {
        this.#needed = to - offset;
        break;
      }
      const name: string = this.#names.next().value ?? "";
      if (id !== undefined) yield { name, id, object: { type: type as GitObject["type"], bytes: to > from ? kept(bytes.subarray(from, to - 1)) : NOTHING } };
      offset = to;
    }
    this.#held = offset < bytes.length ? [bytes.subarray(offset)] : [];
    this.#length = bytes.length - offset;
  }
}

/**
 * Looks names up in one git process and yields what there is, in their order; whoever stops reading ends the process. Names are ids, `ID:folder` or
 * `text^{commit}`, without line ends; git reads them from its standard input, where none is an option.
 *
 * @throws GmigError GIT_FAILED; in a partial clone also at the first name whose object is not here.
 */
export async function* catFile(git: Git, names: readonly string[], options: CatOptions): AsyncGenerator<CatReply> {
  if (names.length === 0) return;
  const { purpose, contents } = options;
  const child = startGit(git, ["cat-file", contents ? "--batch" : "--batch-check", "--buffer"], { purpose, input: `${names.join("\n")}\n` });
  const replies = new ReplyReader(names, contents);
  let isDone = false;
  try {
    for await (const chunk of child.stdout) yield* replies.take(chunk);
    isDone = true;
  } finally {
    if (!isDone) child.stop();
  }
  const end = await child.end;
  if (end.status !== 0) throw gitFailed(purpose, end, git.cwd);
}
