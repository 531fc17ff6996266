import { GmigError } from "../errors.js";
import { bundleModule } from "../load/bundle-module.js";
import type { OnProgress } from "../runner/progress.js";
import type { RunnableStep } from "../runner/runnable-step.js";
import { pathOf } from "../directory/revision-file.js";
import { storeTexts, type TextToStore } from "./applied-store.js";
import { findCheckout } from "./checkout.js";
import type { Project } from "./project.js";
import type { Met } from "./with-ledger.js";

/** Anything that is loaded at run time: an import that is not of types alone, or a require. */
const IMPORTS = /^\s*import\s+(?!type\b)|\bimport\s*\(|\brequire\s*\(|^\s*export\s+(?:\*|\{[^}]*\})\s*from\b/m;

async function toStore(step: RunnableStep, project: Project): Promise<TextToStore | null> {
  const { revision, text, file: name } = step.record;
  const file = project.files.get(revision);
  if (text === null || file === undefined) return null;
  const { root } = project.config;
  const needsBundle = !name.endsWith(".sql") && IMPORTS.test(text);
  return { revision, name, text, bundle: needsBundle ? await bundleModule({ path: pathOf(file), text }, { root, code: "REVISION_MALFORMED" }) : null };
}

/**
 * Keeps in Git what is about to be applied to a development or test database, so that a sync can revert it when its branch is gone. Where that cannot be
 * done the run goes on: the branches themselves and the ledger have the texts as well.
 */
export async function rememberTexts(steps: readonly RunnableStep[], project: Project, met: Met, onProgress: OnProgress | undefined): Promise<void> {
  const { environment, databaseId } = met.ledger.meta ?? { environment: null, databaseId: "" };
  if (environment !== "development" && environment !== "test") return;
  const repository = findCheckout(project.config)?.repository;
  if (repository === undefined || repository.git === null) return;
  try {
    const texts: TextToStore[] = [];
    for (const step of steps) {
      const text = step.step.direction === "up" ? await toStore(step, project) : null;
      if (text !== null) texts.push(text);
    }
    await storeTexts(repository, databaseId, texts);
  } catch (error) {
    if (!(error instanceof GmigError)) throw error;
    onProgress?.({ kind: "notice", text: `What is applied could not be kept in Git: ${error.message}` });
  }
}
