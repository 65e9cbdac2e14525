/** SHA-1 of a text, as `sha1()` of Terraform has it: for names that are cut off, not for secrets. */

/** Forty hexadecimal digits; of what the text is in UTF-8. Source: https://www.rfc-editor.org/rfc/rfc3174 */
export function sha1(text: string): string {
  const bytes = new TextEncoder().encode(text);
  const length = Math.ceil((bytes.length + 9) / 64) * 64;
  const padded = new Uint8Array(length);
  padded.set(bytes);
  padded[bytes.length] = 0x80;
  const view = new DataView(padded.buffer);
  view.setUint32(length - 4, bytes.length * 8);
  const state = [0x67452301, 0xefcdab89, 0x98badcfe, 0x10325476, 0xc3d2e1f0];
  for (let start = 0; start < length; start += 64) addBlock(state, view, start);
  return state.map((word) => (word >>> 0).toString(16).padStart(8, '0')).join('');
}

function addBlock(state: number[], view: DataView, start: number): void {
  const words = Array.from({ length: 16 }, (_, index) => view.getUint32(start + index * 4));
  for (let at = 16; at < 80; at++)
    words[at] = turn(words[at - 3]! ^ words[at - 8]! ^ words[at - 14]! ^ words[at - 16]!, 1);
  let [a, b, c, d, e] = state as [number, number, number, number, number];
  for (const [at, word] of words.entries()) {
    const [mixed, constant] = mix(at, b, c, d);
    [a, b, c, d, e] = [(turn(a, 5) + mixed + e + constant + word) | 0, a, turn(b, 30), c, d];
  }
  for (const [index, value] of [a, b, c, d, e].entries()) state[index] = (state[index]! + value) | 0;
}

function mix(at: number, b: number, c: number, d: number): [mixed: number, constant: number] {
  if (at < 20) return [(b & c) | (~b & d), 0x5a827999];
  if (at < 40) return [b ^ c ^ d, 0x6ed9eba1];
  if (at < 60) return [(b & c) | (b & d) | (c & d), 0x8f1bbcdc];
  return [b ^ c ^ d, 0xca62c1d6];
}

function turn(word: number, by: number): number {
  return (word << by) | (word >>> (32 - by));
}
