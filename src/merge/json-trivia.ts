/** What stands between the values of a JSON file: white space and comments. */

const space = /[ \t\n\r]*/y;
const comment = /\/\/[^\n]*|\/\*[^*]*\*+(?:[^/*][^*]*\*+)*\//y;

/** Where the next token begins. */
export function skipTrivia(source: string, start: number): number {
  for (let at = start; ; ) {
    at = matchEnd(space, source, at) ?? at;
    const end = matchEnd(comment, source, at);
    if (end === undefined) return at;
    at = end;
  }
}

/** The comment at the beginning of white space and comments that stands on the line of what comes before it. */
export function findTail(trivia: string): string {
  return /^[ \t]*(?:\/\/[^\n]*|(?:\/\*(?:[^*\n]|\*(?!\/))*\*\/[ \t]*)+(?=\n))/.exec(trivia)?.[0] ?? '';
}

/** The comments of white space and comments, or of a whole file. */
export function listComments(source: string): string[] {
  const tokens = source.matchAll(/"(?:[^"\\\n]|\\.)*"|\/\/[^\n]*|\/\*[^*]*\*+(?:[^/*][^*]*\*+)*\//g);
  return [...tokens].map(([token]) => token).filter((token) => !token.startsWith('"'));
}

function matchEnd(sticky: RegExp, source: string, at: number): number | undefined {
  sticky.lastIndex = at;
  return sticky.test(source) ? sticky.lastIndex : undefined;
}
