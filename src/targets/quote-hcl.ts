/** A text as HCL has it between quotes. */

/** What JSON has a letter for, and HCL has not. */
const unknownEscapes: Readonly<Record<string, string>> = { '\\b': '\\u0008', '\\f': '\\u000c' };

/**
 * A string of HCL whose value is exactly this text: no template, whatever it holds.
 * Source: https://github.com/hashicorp/hcl/blob/main/hclsyntax/spec.md#template-expressions
 * @throws Error for a text that HCL cannot hold: half a character, or one that it would normalize to NFC
 */
export function quoteHcl(text: string): string {
  if (/\p{Cs}/u.test(text) || text.normalize('NFC') !== text)
    throw new Error(`HCL has no string for ${JSON.stringify(text)}`);
  return JSON.stringify(text)
    .replace(/\\./g, (escape) => unknownEscapes[escape] ?? escape)
    .replace(/[$%](?=\{)/g, (sign) => sign + sign);
}

export function listHcl(texts: readonly string[]): string {
  return `[${texts.map(quoteHcl).join(', ')}]`;
}
