/** One `.proto` file with what it declares, and how messages about it name a place in it. */
import type { Fault } from '../errors.ts';
import { describePosition } from './position.ts';
import type { ProtoDeclarations } from './proto-declarations.ts';
import { ProtoSyntaxError } from './proto-tokens.ts';
import { readProto } from './read-proto.ts';

export interface SourceFile {
  /** Path in the buf module. */
  path: string;
  text: string;
  declarations: ProtoDeclarations;
  /** How messages call the file: the path as its owner knows it. */
  shownAs: string;
}

/** A file's declarations, or why it is no proto. */
export function readDeclarations(text: string, shownAs: string): ProtoDeclarations | Fault {
  try {
    return readProto(text);
  } catch (error) {
    if (!(error instanceof ProtoSyntaxError)) throw error;
    return {
      message: error.message,
      at: locate({ text, shownAs }, error.offset),
      hint: 'Mend that place, then run the same command again.',
    };
  }
}

/** `file:line:column` of a place in a file. */
export function locate({ shownAs, text }: Pick<SourceFile, 'shownAs' | 'text'>, offset: number): string {
  return `${shownAs}:${describePosition(text, offset)}`;
}
