/** Where in a text something stands, as editors count it. */

/** `line:column`, both from 1; a column is a character (not a UTF-16 half), a tab counts as one. */
export function describePosition(text: string, offset: number): string {
  const before = text.slice(0, offset);
  const lastBreak = before.lastIndexOf('\n');
  const line = before.split('\n').length;
  const start = lastBreak === -1 && before.startsWith('\uFEFF') ? 1 : lastBreak + 1;
  return `${line}:${[...before.slice(start)].length + 1}`;
}
