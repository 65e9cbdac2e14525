/** Which known word a mistyped one was meant to be. */

/**
 * The known word fewest edits away, where an edit inserts, deletes, replaces or swaps neighbours (Damerau-Levenshtein,
 * restricted), or before those the one that it begins; undefined where none is close enough to be a guess: about one edit for every
 * three characters.
 */
export function findNearest(word: string, known: readonly string[]): string | undefined {
  const typed = word.toLowerCase();
  let best: { word: string; edits: number } | undefined;
  for (const candidate of known) {
    const isBegun = typed.length > 1 && candidate.toLowerCase().startsWith(typed);
    const edits = isBegun ? 0.5 : countEdits(typed, candidate.toLowerCase());
    const allowed = Math.max(1, Math.floor(Math.max(typed.length, candidate.length) / 3));
    if (edits <= allowed && (!best || edits < best.edits)) best = { word: candidate, edits };
  }
  return best?.word;
}

function countEdits(from: string, to: string): number {
  // Nothing this long was meant to be a known word, and the table below grows with the product.
  if (Math.abs(from.length - to.length) > 20) return Number.POSITIVE_INFINITY;
  let beforeLast: number[] = [];
  let last = Array.from({ length: to.length + 1 }, (_, column) => column);
  for (let row = 1; row <= from.length; row++) {
    const current = [row];
    for (let column = 1; column <= to.length; column++) {
      const replaced = last[column - 1]! + (from[row - 1] === to[column - 1] ? 0 : 1);
      let edits = Math.min(replaced, last[column]! + 1, current[column - 1]! + 1);
      const swapped = row > 1 && column > 1 && from[row - 1] === to[column - 2] && from[row - 2] === to[column - 1];
      if (swapped) edits = Math.min(edits, beforeLast[column - 2]! + 1);
      current.push(edits);
    }
    beforeLast = last;
    last = current;
  }
  return last[to.length]!;
}
