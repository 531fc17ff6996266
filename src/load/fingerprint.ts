/**
 * 16 hex digits that tell texts apart: two that differ share them by an accident of one in 2^64. Not for secrets.
 * Written out here because loading node:crypto takes 3 ms, and this runs in every command.
 */
export function fingerprint(text: string): string {
  let left = 0x9e3779b9;
  let right = 0x7f4a7c15;
  for (let at = 0; at < text.length; at++) {
    const unit = text.charCodeAt(at);
    left = Math.imul(left ^ unit, 0x85ebca6b);
    left = (left << 13) | (left >>> 19);
    right = Math.imul(right ^ unit, 0xc2b2ae35);
    right = (right << 17) | (right >>> 15);
  }
  return hex(spread(left ^ text.length) ^ right) + hex(spread(right ^ text.length) ^ left);
}

/** Lets every bit of a number reach every other one. */
function spread(value: number): number {
  let mixed = Math.imul(value ^ (value >>> 16), 0x7feb352d);
  mixed = Math.imul(mixed ^ (mixed >>> 15), 0x846ca68b);
  return mixed ^ (mixed >>> 16);
}

function hex(value: number): string {
  return (value >>> 0).toString(16).padStart(8, "0");
}
