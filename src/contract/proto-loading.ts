/** Loads one `.proto` from a disk: bytes to text to declarations. */
import { type Fault, UserError } from '../errors.ts';
import { decodeText } from './decode-text.ts';
import type { GivenProto } from './given-protos.ts';
import type { ProtoDeclarations } from './proto-declarations.ts';
import type { ProtoDisk } from './proto-disk.ts';
import { readDeclarations } from './source-file.ts';

export interface LoadedProto {
  path: string;
  real: string;
  text: string;
  declarations: ProtoDeclarations;
  shownAs: string;
}

/** Undefined where it cannot be read; why is added to `faults`, once for a file. */
export function loadProto(
  { path, real }: Pick<GivenProto, 'path' | 'real'>,
  disk: ProtoDisk,
  faults: Fault[],
): LoadedProto | undefined {
  const shownAs = disk.show(path);
  const refuse = (fault: Fault): undefined => {
    const isTold = faults.some(({ at, message }) => at === fault.at && message === fault.message);
    if (!isTold) faults.push(fault);
    return undefined;
  };
  const bytes = readBytes(path, disk);
  if ('message' in bytes) return refuse(bytes);
  const text = decodeText(bytes, shownAs);
  if (typeof text !== 'string') return refuse(text);
  const declarations = readDeclarations(text, shownAs);
  if ('message' in declarations) return refuse(declarations);
  return { path, real, text, declarations, shownAs };
}

function readBytes(path: string, disk: ProtoDisk): Uint8Array | Fault {
  try {
    return disk.read(path);
  } catch (error) {
    if (error instanceof UserError && error.faults[0]) return error.faults[0];
    throw error;
  }
}
