/** The looks that cases share: whether an edit and the news are both there, and how a conflict is told. */
import { type After, type Finding, findFailure, fine, wrong } from './case.ts';

/** What the older version had in front of a file, and the user puts behind it: as far from each other as can be. */
export const olderLine = '# of the older version';
export const editLine = '# of the user';
const marker = /^<{7}/m;

/** For files that take `#` anywhere; the news is that the line is gone. */
export const withOlderLine = (now: string): string => `${olderLine}\n${now}`;

/** Whether `path` holds the edit and no longer what is old. */
export function expectBoth(path: string, edit = editLine, old = olderLine): (after: After) => Finding {
  return (after) => {
    const text = after.read(path);
    const failure = findFailure(after);
    if (text === undefined) return wrong('deletes the file');
    if (!text.includes(edit)) return wrong('loses the edit');
    if (failure !== undefined) return failure;
    if (hasConflict(after, path)) return wrong(`calls it a conflict: ${tellConflict(after, path)}`);
    return text.includes(old) ? wrong('keeps the edit, leaves the news out') : fine('keeps both');
  };
}

export function hasConflict(after: After, path: string): boolean {
  return (
    marker.test(after.read(path) ?? '') || after.read(`${path}.rej`) !== undefined || listUnmerged(after).includes(path)
  );
}

export function tellConflict(after: After, path: string): string {
  return [
    marker.test(after.read(path) ?? '') ? 'markers' : 'no markers',
    listUnmerged(after).includes(path) ? 'index stages' : 'no index stages',
    `exit ${after.code}`,
  ].join(', ');
}

/** A conflict is right where a file shows it, merge tools see it, and scripts do. */
export function expectConflict(path: string, edit: string): (after: After) => Finding {
  return (after) => {
    if (after.read(path)?.includes(edit) !== true) return wrong('loses the edit');
    if (!hasConflict(after, path)) return findFailure(after) ?? wrong('no conflict told');
    const says = tellConflict(after, path);
    return { fine: says === 'markers, index stages, exit 3', says };
  };
}

function listUnmerged(after: After): string[] {
  try {
    return after.unmerged();
  } catch {
    // Where there is no git.
    return [];
  }
}
