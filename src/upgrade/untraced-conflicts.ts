/** Conflicts that nothing shows: in files that take no markers, and that git does not have. What they say is compared. */
import { join } from 'node:path';
import { markFile } from '../plan/journal-plan.ts';
import { listOpenChoices } from '../plan/list-choices.ts';
import type { Choice } from '../plan/upgrade-plan.ts';
import type { Disk } from '../tree/disk.ts';
import type { IndexNote, NotedConflict } from './index-note.ts';

/** Those that are open, each with the places that say what the upgrade left there. */
export function listUntraced(directory: string, disk: Disk, { conflicts, stages }: IndexNote): NotedConflict[] {
  const staged = new Set(stages.map(({ path }) => path));
  return conflicts
    .filter(({ path, places }) => !staged.has(path) && !hasLines(places))
    .flatMap((conflict) => findOpen(directory, disk, conflict) ?? []);
}

/** Whether markers were put into the file. */
export function hasLines(places: readonly string[]): boolean {
  return places.some((place) => place.startsWith('line '));
}

function findOpen(directory: string, disk: Disk, conflict: NotedConflict): NotedConflict | undefined {
  const { path, choices, left } = conflict;
  if (disk.identify(join(directory, path)) !== 'file') return undefined;
  const bytes = disk.read(join(directory, path));
  if (choices === undefined) {
    const { size, crc32 } = markFile(bytes, left.executable);
    return size === left.size && crc32 === left.crc32 ? conflict : undefined;
  }
  const open = listOpenChoices(choices, new TextDecoder().decode(bytes));
  return open.length === 0 ? undefined : { ...conflict, choices: open, places: open.map(describeChoice) };
}

function describeChoice({ where, yours = 'nothing', theirs = 'nothing' }: Choice): string {
  return `${where} (yours: ${yours}, new: ${theirs})`;
}
