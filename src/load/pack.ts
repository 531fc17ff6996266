import type { ModuleForm } from "./module-form.js";
import { recordName } from "./record-name.js";
import type { RunnableModule } from "./runnable.js";
import type { Snapshot } from "./snapshot.js";
import type { MissingImport, Surroundings, Unit } from "./unit.js";

/** Units as bytes: a line with the length of what tells about them, that, and then all texts. So that one read brings a thousand, and only what runs is decoded. */
interface Contents {
  /** By a source's record name, the number of its unit. */
  readonly records: Readonly<Record<string, number>>;
  readonly units: readonly StoredUnit[];
  readonly surroundings: readonly Surroundings[];
  /** Of all texts. */
  readonly bytes: number;
}

/** From and up to where in the texts, in bytes. */
type Span = readonly [number, number];

interface StoredUnit {
  readonly id: string;
  readonly entries: readonly string[];
  readonly modules: readonly (readonly [string, ModuleForm, Span, RunnableModule["names"]?])[];
  readonly reads: readonly (readonly [string, Span])[];
  readonly surroundings: number;
  readonly absent: readonly string[];
  readonly files: readonly string[];
  readonly missing: readonly MissingImport[];
}

/** A unit as it was kept, with the texts that its files had. */
export interface KeptUnit {
  readonly unit: Unit;
  readonly had: (path: string) => string;
}

const MARK = "gmig modules ";
const HEAD = MARK.length + 12;

/** Writes units for `readPack`. */
export function packOf(units: readonly Unit[], snapshot: Snapshot): Buffer {
  const texts: string[] = [];
  let bytes = 0;
  const span = (text: string): Span => {
    const from = bytes;
    texts.push(text);
    bytes += Buffer.byteLength(text);
    return [from, bytes];
  };
  const surroundings = [...new Set(units.map((unit) => unit.surroundings))];
  const numbers = new Map(surroundings.map((one, number) => [one, number]));
  const stored = units.map(
    ({ id, entries, modules, reads, surroundings, absent, files, missing }): StoredUnit => ({
      id,
      entries,
      modules: [...modules].map(([source, { form, text, names }]) => (Object.keys(names).length === 0 ? [source, form, span(text())] : [source, form, span(text()), names])),
      reads: reads.map((path) => [path, span(snapshot.read(path) ?? "")]),
      surroundings: numbers.get(surroundings)!,
      absent,
      files,
      missing,
    }),
  );
  const records = Object.fromEntries(units.flatMap(({ entries }, number) => entries.map((source) => [recordName(source, snapshot), number])));
  const contents = JSON.stringify({ records, units: stored, surroundings, bytes } satisfies Contents);
  return Buffer.from([`${MARK}${String(Buffer.byteLength(contents)).padStart(11)}\n`, contents, ...texts].join(""));
}

/** Units that were kept together. */
export interface Pack {
  /** The unit with the source of that record name. */
  readonly find: (record: string) => KeptUnit | undefined;
}

/** After so many questions that it does not answer, a pack is read after all. */
const PATIENCE = 8;

/** Reads what `packOf` wrote; undefined where the bytes are anything else. Contents are only read when they seem to have what is asked for. */
export function readPack(bytes: Buffer): Pack | undefined {
  const length = bytes.length < HEAD || bytes.toString("latin1", 0, MARK.length) !== MARK ? Number.NaN : Number(bytes.toString("latin1", MARK.length, HEAD));
  const end = HEAD + length;
  if (!(end <= bytes.length)) {
    return undefined;
  }
  const head = bytes.subarray(HEAD, end);
  let pack: Pack | undefined;
  let missed = 0;
  return {
    find: (record) => {
      if (pack === undefined && missed < PATIENCE && !head.includes(`"${record}"`, 0, "latin1")) {
        missed++;
        return undefined;
      }
      return (pack ??= openPack(head.toString("utf8"), bytes.subarray(end))).find(record);
    },
  };
}

function openPack(head: string, texts: Buffer): Pack {
  const contents = parse(head);
  // Cut off, or from another time.
  return contents?.bytes === texts.length ? packFrom(contents, (from, to) => texts.toString("utf8", from, to)) : { find: () => undefined };
}

function parse(text: string): Contents | undefined {
  try {
    return JSON.parse(text) as Contents;
  } catch {
    return undefined;
  }
}

function packFrom({ records, units, surroundings }: Contents, text: (from: number, to: number) => string): Pack {
  const made: (KeptUnit | undefined)[] = [];
  return {
    find: (record) => {
      const number = records[record];
      return number === undefined ? undefined : (made[number] ??= keptUnit(units[number]!, surroundings, text));
    },
  };
}

function keptUnit(stored: StoredUnit, surroundings: readonly Surroundings[], text: (from: number, to: number) => string): KeptUnit {
  const { id, entries, absent, files, missing } = stored;
  const modules = new Map(stored.modules.map(([source, form, [from, to], names = {}]) => [source, { source, form, names, text: () => text(from, to) }]));
  const reads = new Map(stored.reads);
  const had = (path: string): string => text(...reads.get(path)!);
  return { unit: { id, modules, entries, reads: [...reads.keys()], surroundings: surroundings[stored.surroundings]!, absent, files, missing }, had };
}
