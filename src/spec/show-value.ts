/** How a value that was refused is shown: quoted, escaped and cut, so that it can do nothing to a terminal or a log. */

const longest = 80;

/** JSON text of a value, at most about 80 characters, with everything escaped that does not print as itself. */
export function showValue(value: unknown): string {
  const text = typeof value === 'string' ? value : (JSON.stringify(value) ?? String(value));
  const length = text.length;
  const cut = length > longest ? text.slice(0, longest) : text;
  const shown = typeof value === 'string' ? escapeUnprintable(JSON.stringify(cut)) : escapeUnprintable(cut);
  return length > longest ? `${shown}… (${length} characters)` : shown;
}

/** What in a text no answer may hold, in words; undefined where all of it prints. */
export function describeUnprintable(text: string): string | undefined {
  for (const [index, character] of [...text].entries()) {
    const name = nameUnprintable(character);
    if (name) return `${name} at character ${index + 1}`;
  }
  return undefined;
}

/** Control and format characters (bidirectional overrides among them), lone surrogates, private use, line separators. */
const unprintable = /[\p{Cc}\p{Cf}\p{Cs}\p{Co}\p{Zl}\p{Zp}]/gu;

function nameUnprintable(character: string): string | undefined {
  if (character.search(unprintable) < 0) return undefined;
  if (character === '\0') return 'a NUL';
  if (character === '\n' || character === '\r') return 'a line break';
  if (character === '\t') return 'a tab';
  return `the unprintable character U+${character.codePointAt(0)!.toString(16).toUpperCase().padStart(4, '0')}`;
}

/** A text with everything escaped that does not print as itself, line breaks too. */
export function escapeUnprintable(text: string): string {
  return text.replace(unprintable, (character) =>
    Array.from({ length: character.length }, (_, index) => character.charCodeAt(index))
      .map((unit) => `\\u${unit.toString(16).padStart(4, '0')}`)
      .join(''),
  );
}
