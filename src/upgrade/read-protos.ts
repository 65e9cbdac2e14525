/** Reads the buf module of a repo: every proto below its folder, as `buf` itself finds them. */
import type { ProtoDisk } from '../contract/collect-protos.ts';
import type { ProtoFile } from '../contract/contract.ts';
import { decodeText } from '../contract/decode-text.ts';
import { exitCode, type Fault, UserError } from '../errors.ts';

/** In order of path; none where there is no such folder. @throws UserError (refused) naming each file that is no text */
export function readProtos(folder: string, disk: ProtoDisk): readonly ProtoFile[] {
  const root = disk.absolute(folder);
  const faults: Fault[] = [];
  const files: ProtoFile[] = [];
  for (const path of listProtos('', root, disk, new Set())) {
    const text = decodeText(disk.read(`${root}/${path}`), `proto/${path}`);
    if (typeof text === 'string') files.push({ path, text });
    else faults.push(text);
  }
  if (faults.length > 0) throw new UserError(exitCode.refused, faults);
  return files.sort((a, b) => (a.path < b.path ? -1 : 1));
}

/** Links are followed; a ring of them ends where it began. */
function listProtos(folder: string, root: string, disk: ProtoDisk, around: ReadonlySet<string>): string[] {
  const place = folder === '' ? root : `${root}/${folder}`;
  const real = disk.real(place);
  if (real === undefined || disk.kind(place) !== 'folder' || around.has(real)) return [];
  return disk.list(place).flatMap((name) => {
    const path = folder === '' ? name : `${folder}/${name}`;
    const kind = disk.kind(`${root}/${path}`);
    if (kind === 'folder') return listProtos(path, root, disk, new Set([...around, real]));
    return kind === 'file' && name.endsWith('.proto') ? [path] : [];
  });
}
