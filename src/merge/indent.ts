/** How a text is indented, and the same text indented otherwise. */

/** White space at the beginning of the line that an offset is on. */
export function findLineIndent(text: string, offset: number): string {
  const start = text.lastIndexOf('\n', offset - 1) + 1;
  return /^[ \t]*/.exec(text.slice(start, offset))![0];
}

export interface Indentation {
  /** Of the line on which the text begins. */
  indent: string;
  /** What each further level adds. */
  unit: string;
}

/** Moves every line but the first from one indentation to another. */
export function reindent(text: string, from: Indentation, to: Indentation): string {
  return text.replace(/\n([ \t]+)(?=[^ \t\n])/g, (_, space: string) => {
    if (!space.startsWith(from.indent)) return `\n${to.indent}`;
    const inner = space.slice(from.indent.length);
    const levels = from.unit === '' ? 0 : Math.floor(inner.length / from.unit.length);
    return `\n${to.indent}${to.unit.repeat(levels)}${inner.slice(levels * from.unit.length)}`;
  });
}
