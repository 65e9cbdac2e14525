/** From the text of `.proto` files to the Contract; what the tool runs at every render. */
import { exitCode, type Fault, UserError } from '../errors.ts';
import type { Contract, ProtoFile } from './contract.ts';
import { linkContract } from './link-contract.ts';
import { readDeclarations, type SourceFile } from './source-file.ts';

/**
 * What a set of files promises. All files of the module are given, imports included; well-known types need not be.
 * @throws {UserError} (refused) with every fault, each at `file:line:column` (from 1)
 */
export function parseContract(files: readonly ProtoFile[]): Contract {
  const sources: SourceFile[] = [];
  const faults: Fault[] = [];
  for (const { path, text } of files) {
    const declarations = readDeclarations(text, path);
    if ('message' in declarations) faults.push(declarations);
    else sources.push({ path, text, declarations, shownAs: path });
  }
  if (faults.length > 0) throw new UserError(exitCode.refused, faults);
  const linked = linkContract(sources);
  if (linked.faults.length > 0) throw new UserError(exitCode.refused, linked.faults);
  return linked.contract;
}
