/** Code of services and workloads that a repo serves no more, found where it stands: no list has it after the upgrade that left it. */
import { join } from 'node:path';
import type { Disk } from '../tree/disk.ts';
import type { FileTree } from '../tree/file-tree.ts';

/** `orders.v1.OrdersService.ts` and its test. The user's own files are seldom named so. */
const inPackage = /^(?:[A-Za-z_]\w*\.)+[A-Z]\w*?(?:\.test)?\.ts$/;
/** `OrdersService.ts` and its test, of a service without a package: a class of the user may well be named so. */
const withoutPackage = /^([A-Z]\w*?)(\.test)?\.ts$/;
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
    const names = files.map(({ name }) => name).filter((name) => !emitted.has(`${folder}/${name}`));
    const handlers = names.filter((name) => inPackage.test(name) || isBare(name, join(directory, folder), disk));
    const others = handlers.length > 0 ? names.filter((name) => besides.has(name)) : [];
    return [...handlers, ...others].map((name) => `${folder}/${name}`);
  });
  return new Set(paths);
}

/** Whether it is a handler or the test of one by what is in it: it is made of the definition, or starts the handler. */
function isBare(name: string, folder: string, disk: Disk): boolean {
  const [, service, test] = withoutPackage.exec(name) ?? [];
  if (service === undefined) return false;
  const text = new TextDecoder().decode(disk.read(join(folder, name)));
  if (test === undefined) return new RegExp(`\\bservice\\(\\s*${service}Definition\\b`).test(text);
  return new RegExp(`['"]\\./${service}\\.ts['"]`).test(text) && /\bstartForTest\(/.test(text);
}
