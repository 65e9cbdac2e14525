/** A text as lines and as numbers, for the algorithms that compare lines. */

/** The lines of a text, each with its line feed; the last one may lack it. The empty text has none. */
export function splitLines(text: string): string[] {
  return text.match(/[^\n]*\n|[^\n]+$/g) ?? [];
}

/** Gives equal lines of all texts the same number: numbers compare faster than texts. */
export function numberLines(...texts: readonly (readonly string[])[]): number[][] {
  const numbers = new Map<string, number>();
  const numberOf = (line: string): number => {
    const known = numbers.get(line);
    if (known !== undefined) return known;
    numbers.set(line, numbers.size);
    return numbers.size - 1;
  };
  return texts.map((lines) => lines.map(numberOf));
}
