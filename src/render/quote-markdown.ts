/** A text as it has to stand in a line of Markdown. */

/**
 * Shows exactly this text, made of names and of sentences about them: an underscore that would begin emphasis is none, and
 * a name that begins with `www.` no link. Inside and behind words underscores begin nothing.
 * Source: https://spec.commonmark.org/0.31.2/#emphasis-and-strong-emphasis, https://github.github.com/gfm/#autolinks-extension-
 */
export function quoteMarkdown(text: string): string {
  return text
    .replace(/(?<![A-Za-z0-9])_/g, '\\_')
    .replace(/(?<![A-Za-z0-9])www\./gi, (found) => `${found.slice(0, 3)}\\.`);
}
