import type { Unit } from "./unit.js";

/** The sources whose units have another source in common, compiled apart at some earlier time: there would be two instances of it. */
export function entangled(units: ReadonlyMap<string, Unit>): readonly string[] {
  const owners = new Map<string, string>();
  const apart = new Set<string>();
  // Hundreds of sources may share a unit: each is looked at once.
  for (const { id, modules } of new Map([...units.values()].map((unit) => [unit.id, unit])).values()) {
    for (const source of modules.keys()) {
      const owner = owners.get(source) ?? id;
      owners.set(source, owner);
      if (owner !== id) {
        apart.add(id).add(owner);
      }
    }
  }
  return apart.size === 0 ? [] : [...units].filter(([, { id }]) => apart.has(id)).map(([source]) => source);
}
