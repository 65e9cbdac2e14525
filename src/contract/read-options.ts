/** Steps over options: their names and the shape of their values are checked, what they mean is not read. */
import type { TokenCursor } from './token-cursor.ts';

/** `option (google.api.http) = { … };` */
export function readOption(cursor: TokenCursor): void {
  cursor.expect('option');
  readAssignment(cursor);
  cursor.expect(';');
}

/** `[deprecated = true, (rule).min = 1]`, where it stands. */
export function readInlineOptions(cursor: TokenCursor): void {
  if (!cursor.skip('[')) return;
  do readAssignment(cursor);
  while (cursor.skip(','));
  cursor.expect(']');
}

function readAssignment(cursor: TokenCursor): void {
  do {
    if (cursor.skip('(')) {
      cursor.expectTypeName('the name of an option');
      cursor.expect(')');
    } else cursor.expectName('the name of an option');
  } while (cursor.skip('.'));
  cursor.expect('=');
  readValue(cursor);
}

function readValue(cursor: TokenCursor): void {
  if (cursor.at('{')) cursor.skipBraced();
  else if (cursor.peek().kind === 'string') cursor.expectString('a value');
  else {
    if (!cursor.skip('-')) cursor.skip('+');
    const { kind } = cursor.peek();
    if (kind !== 'name' && kind !== 'number') cursor.fail('a value');
    cursor.next();
  }
}
