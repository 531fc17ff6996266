import { join } from "node:path";
import type { Body } from "../directory/body.js";
import { bodyOf } from "../directory/load-bodies.js";
import { bundleModule } from "../load/bundle-module.js";
import { loadBundle } from "../load/load-bundle.js";
import { HEADER_DEFAULTS, type Header } from "../revision/header.js";
import { readHeader } from "../revision/read-header.js";
import type { PastText } from "./past-texts.js";
import type { Project } from "./project.js";

/** A revision that is not in this checkout, ready to be reverted. */
export interface PastBody {
  readonly header: Header;
  readonly name: string;
  readonly body: Body;
}

function headerOf({ text, name, revision }: PastText): Header {
  const result = readHeader(text, name);
  return result !== null && "reading" in result ? result.reading.header : { ...HEADER_DEFAULTS, revision, parents: [] };
}

async function exportsOf(past: PastText, project: Project): Promise<Readonly<Record<string, unknown>> | null> {
  const { root, migrations } = project.config;
  const options = { root, code: "REVISION_MALFORMED" as const };
  if (past.name.endsWith(".sql")) return null;
  // It is taken as if it still lay where it did, so that what it imports is looked for there.
  const path = join(migrations[0] ?? root, past.name);
  return loadBundle(past.bundle ?? (await bundleModule({ path, text: past.text }, options)), options);
}

/**
 * Loads the bodies of revisions that this checkout has no more.
 *
 * @throws GmigError REVISION_MALFORMED for a text that does not load here, a neighbour that it imports being gone for one.
 */
export async function loadPastBodies(texts: Iterable<PastText>, project: Project): Promise<ReadonlyMap<string, PastBody>> {
  const bodies = new Map<string, PastBody>();
  for (const past of texts) {
    const file = { revision: past.revision, file: `${past.name} (${past.source})` };
    bodies.set(past.revision, { header: headerOf(past), name: past.name, body: bodyOf(past.text, await exportsOf(past, project), file) });
  }
  return bodies;
}
