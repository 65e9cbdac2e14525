/** Code of services and workloads that a repo serves no more, found where it stands: no list has it after the upgrade that left it. */
import { join } from 'node:path';
import type { Disk } from '../tree/disk.ts';
import type { FileTree } from '../tree/file-tree.ts';

/** `orders.v1.OrdersService.ts` and its test. The user's own files are seldom named so. */
const handler = /^(?:[A-Za-z_]\w*\.)+[A-Z]\w*?(?:\.test)?\.ts$/;
/** What else a workload is given, told apart from the user's own by the handlers beside it. */
const besides: ReadonlySet<string> = new Set(['main.ts', 'settings.ts']);

/** Paths in the repo, in no order. */
export function findLeftovers(directory: string, disk: Disk, emitted: FileTree): ReadonlySet<string> {
  const root = 'src/workloads';
  if (disk.identify(join(directory, root)) !== 'folder') return new Set();
  const folders = disk.list(join(directory, root)).filter(({ kind }) => kind === 'folder');
  const paths = folders.flatMap(({ name: workload }) => {
    const folder = `${root}/${workload}`;
    const files = disk.list(join(directory, folder)).filter(({ kind }) => kind === 'file');
    const names = files.map(({ name }) => name);
    const isOurs = names.some((name) => handler.test(name));
    return names
      .filter((name) => handler.test(name) || (isOurs && besides.has(name)))
      .map((name) => `${folder}/${name}`);
  });
  return new Set(paths.filter((path) => !emitted.has(path)));
}
