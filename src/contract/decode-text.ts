/** Bytes of a proto to text, or why they are none. */
import type { Fault } from '../errors.ts';
import { describePosition } from './position.ts';

/** Text that, encoded as UTF-8, gives the same bytes again (a byte order mark is kept), or a fault at the first bad one. */
export function decodeText(bytes: Uint8Array, shownAs: string): string | Fault {
  const zero = bytes.indexOf(0);
  if (zero !== -1) {
    return {
      message: 'is not text: it holds a zero byte',
      at: `${shownAs}:${placeOf(bytes, zero)}`,
      hint: 'Name a .proto source file (a compiled descriptor set is not one).',
    };
  }
  const whole = decode(bytes);
  if (whole !== undefined) return whole;
  const length = countGoodBytes(bytes);
  const bad = bytes[length] ?? 0;
  return {
    message: `is not UTF-8: the byte 0x${bad.toString(16).padStart(2, '0')} has no place here`,
    at: `${shownAs}:${placeOf(bytes, length)}`,
    hint: 'Save the file as UTF-8, then run the same command again.',
  };
}

function decode(bytes: Uint8Array, stream = false): string | undefined {
  try {
    return new TextDecoder('utf-8', { fatal: true, ignoreBOM: true }).decode(bytes, { stream });
  } catch {
    return undefined;
  }
}

/** Length of the longest start that is UTF-8 so far; ends before the character that is not. */
function countGoodBytes(bytes: Uint8Array): number {
  let good = 0;
  let bad = bytes.length + 1;
  while (bad - good > 1) {
    const middle = (good + bad) >> 1;
    if (middle <= bytes.length && decode(bytes.subarray(0, middle), true) !== undefined) good = middle;
    else bad = middle;
  }
  while (good > 0 && decode(bytes.subarray(0, good)) === undefined) good -= 1;
  return good;
}

function placeOf(bytes: Uint8Array, length: number): string {
  const text = new TextDecoder('utf-8', { ignoreBOM: true }).decode(bytes.subarray(0, length));
  return describePosition(text, text.length);
}
