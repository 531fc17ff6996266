/** What a drawing needs to know of a revision. */
export interface Drawn {
  readonly revision: string;
  readonly parents: readonly string[];
}

/** One line of a drawing: the lanes, and the revision that stands on it; null for a line of joints alone. */
export interface LaneLine {
  readonly lanes: string;
  readonly revision: string | null;
}

/** The joints between two rows of lanes: a line from each lane above to those that it goes on in below. */
function joints(moves: readonly (readonly [number, number])[], width: number): string {
  const cells = Array.from({ length: 2 * width - 1 }, () => " ");
  for (const [from, to] of moves) {
    if (from === to) cells[2 * from] = "|";
    else if (from < to) {
      for (let at = 2 * from + 1; at < 2 * to; at++) if (cells[at] === " ") cells[at] = at === 2 * to - 1 ? "\\" : "_";
    } else for (let at = 2 * to + 1; at < 2 * from; at++) if (cells[at] === " ") cells[at] = at === 2 * from - 1 ? "/" : "_";
  }
  return cells.join("").trimEnd();
}

/**
 * Draws revisions that are listed newest first, as Git's log does: each open lane waits for one revision; a revision takes the lanes that wait
 * for it, and opens one for each of its parents.
 */
export function drawLanes(revisions: readonly Drawn[]): readonly LaneLine[] {
  const listed = new Map(revisions.map(({ revision }, index) => [revision, index]));
  const place = (id: string): number => listed.get(id) ?? 0;
  const lines: LaneLine[] = [];
  let lanes: string[] = [];
  for (const { revision, parents } of revisions) {
    if (!lanes.includes(revision)) lanes.push(revision);
    const at = lanes.indexOf(revision);
    lines.push({ lanes: lanes.map((_, lane) => (lane === at ? "*" : "|")).join(" "), revision });
    // The parent that comes next in the list goes on to the left.
    const waited = parents.filter((parent) => listed.has(parent)).toSorted((a, b) => place(a) - place(b));
    const next: string[] = [];
    for (const waiting of lanes) for (const id of waiting === revision ? waited : [waiting]) if (!next.includes(id)) next.push(id);
    const moves = lanes.flatMap((waiting, lane) => (waiting === revision ? waited : [waiting]).map((id) => [lane, next.indexOf(id)] as const));
    const isStraight = moves.every(([from, to]) => from === to) && next.length >= lanes.length;
    if (!isStraight && moves.length > 0) lines.push({ lanes: joints(moves, Math.max(lanes.length, next.length)), revision: null });
    lanes = next;
  }
  return lines;
}
