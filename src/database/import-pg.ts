import { type ImportPackage, importPeer } from "./user-package.js";

/**
 * Imports the pg driver as the project sees it. Where there is no `navigator`, which Node has from version 21 on, pg asks a web Response what it
 * runs in, and what Node loads for that takes longer than pg itself: so Node 20 has one meanwhile, that says the same as those to come.
 *
 * @throws GmigError CONFIG_INVALID when the project lacks pg.
 */
export async function importPg(importPackage: ImportPackage): Promise<Record<string, unknown>> {
  if ("navigator" in globalThis) return importPeer(importPackage, "pg");
  Object.defineProperty(globalThis, "navigator", { value: { userAgent: "Node.js/20" }, configurable: true });
  try {
    return await importPeer(importPackage, "pg");
  } finally {
    Reflect.deleteProperty(globalThis, "navigator");
  }
}
