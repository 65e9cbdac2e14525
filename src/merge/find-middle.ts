/** The middle of a shortest edit script, found from both ends at once. */

/** A part of the edit graph: `before[left, right)` against `after[top, bottom)`. */
export interface Box {
  left: number;
  right: number;
  top: number;
  bottom: number;
}

/**
 * A point that some shortest script passes through, other than both corners. The box must differ at both of its
 * corners and be empty on neither side.
 * Myers (1986), section 4b: scripts are walked forwards from the first corner and backwards from the last one, an edit
 * more each turn, until two of them meet.
 */
export function findMiddle(before: readonly number[], after: readonly number[], box: Box): { x: number; y: number } {
  const { left, right, top, bottom } = box;
  const delta = right - left - (bottom - top);
  const half = Math.ceil((right - left + bottom - top) / 2) + 1;
  // Diagonal k holds the points with (x - left) - (y - top) = k; the farthest x reached on each.
  const forward = new Int32Array(2 * half + 1).fill(left - 1);
  const backward = new Int32Array(2 * half + 1).fill(right + 1);
  forward[half] = left;
  backward[half] = right;

  for (let edits = 1; ; edits++) {
    for (let k = Math.min(edits, right - left); k >= -Math.min(edits, bottom - top); k--) {
      if ((k + edits) % 2 !== 0) continue;
      const at = half + k;
      const fromLeft = forward[at - 1]!;
      const fromTop = forward[at + 1]!;
      let x = fromLeft >= fromTop ? fromLeft + 1 : fromTop;
      let y = x - left - k + top;
      while (x < right && y < bottom && before[x] === after[y]) {
        x += 1;
        y += 1;
      }
      forward[at] = x;
      const opposite = k - delta;
      if (delta % 2 !== 0 && Math.abs(opposite) < edits && backward[half + opposite]! <= x) return { x, y };
    }
    for (let k = Math.min(edits, bottom - top); k >= -Math.min(edits, right - left); k--) {
      if ((k + edits) % 2 !== 0) continue;
      const at = half + k;
      const fromBelow = backward[at - 1]!;
      const fromRight = backward[at + 1]!;
      let x = fromBelow < fromRight ? fromBelow : fromRight - 1;
      let y = x - right - k + bottom;
      while (x > left && y > top && before[x - 1] === after[y - 1]) {
        x -= 1;
        y -= 1;
      }
      backward[at] = x;
      const opposite = k + delta;
      if (delta % 2 === 0 && Math.abs(opposite) <= edits && x <= forward[half + opposite]!) return { x, y };
    }
  }
}
