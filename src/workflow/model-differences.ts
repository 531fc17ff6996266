import { queryFailed } from "../database/database-error.js";
import { catalogueDigest } from "../database/introspect/catalogue-digest.js";
import { inReadingSnapshot } from "../database/introspect/reading-settings.js";
import type { Schema } from "../schema/schema.js";
import { atHead, type AtHeadOptions } from "./at-head.js";
import { comparing } from "./compare-project.js";
import { type Differences, inWords } from "./differences.js";
import { declaredDigest, differencesFile, keepDifferences, type KeptDifferences, readDifferences, seemsOutdated } from "./kept-differences.js";
import type { Project } from "./project.js";
import { readActual, type Sources, sourcesOf } from "./sources.js";

async function compared(sources: Sources, actual: Schema): Promise<Differences> {
  return inWords(await comparing({ ...sources, actual }, {}, async (compare) => compare(new Map())));
}

interface Read {
  readonly catalogue: string;
  readonly actual: Schema;
}

/** Reads digest and catalogue, of one moment; null where the digest says that there is no need to. Meanwhile the models begin to load. */
async function readUnlessKept(sources: Sources, kept: KeptDifferences | null): Promise<Read | null> {
  const { connection, project, database, bareSchema } = sources;
  return inReadingSnapshot(connection, [bareSchema], async (serverVersion) => {
    const digesting = catalogueDigest(connection, project.config.schemas, serverVersion);
    void sources.declare();
    const catalogue = await digesting;
    return kept?.catalogue === catalogue && !seemsOutdated(kept) ? null : { catalogue, actual: await readActual(sources) };
  }).catch((error: unknown) => {
    throw queryFailed(error, database.address, "reading the schema");
  });
}

/** Reads and compares only where the catalogue or what the models declare is another than the last time: to know that takes half of the time. */
async function comparedOrKept(sources: Sources, file: string): Promise<Differences> {
  const kept = readDifferences(file);
  const read = await readUnlessKept(sources, kept);
  const { schema, inputs } = await sources.declare();
  const declared = declaredDigest(schema);
  if (read === null && kept?.declared === declared) return kept.differences;
  const { catalogue, actual } = read ?? (await readUnlessKept(sources, null))!;
  const differences = await compared(sources, actual);
  keepDifferences(file, { catalogue, declared, inputs, differences });
  return differences;
}

/**
 * Returns what contradicts the models in the database, or in what the revisions make. No question has to be answered for it.
 *
 * @throws GmigError NOT_AT_HEAD, MODEL_INVALID, CONFIG_INVALID, CONNECTION_FAILED, SCRATCH_UNAVAILABLE.
 */
export async function modelDifferences(project: Project, options: AtHeadOptions): Promise<Differences> {
  return atHead(project, options, async ({ database, connection }) => {
    const sources = await sourcesOf(project, database, connection);
    const file = options.offline === true ? null : differencesFile(project.config, sources.names.knexTables);
    return file === null ? compared(sources, await readActual(sources)) : comparedOrKept(sources, file);
  });
}
