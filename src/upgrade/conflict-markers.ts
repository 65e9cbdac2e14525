/** Tells a text that somebody has still to choose in. */

/** Both ends, each at the start of a line: one alone may well be a text about them. */
export function hasMarkers(text: string): boolean {
  return /^<{7} /m.test(text) && /^>{7} /m.test(text);
}
