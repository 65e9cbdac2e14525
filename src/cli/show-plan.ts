/** A plan for people: files counted by folder, what is kept, and what happens afterwards. */
import type { Plan } from '../plan/plan.ts';
import type { Style } from './style.ts';

/** Lines without a title. `steps` are the commands that will run, as they would be typed. */
export function showPlan(plan: Plan, steps: readonly string[], style: Style): string {
  const rows = countByFolder(plan);
  const width = Math.max(...rows.map(({ folder }) => folder.length), 0);
  const { files, bytes, seeded } = plan.totals;
  return [
    ...rows.map(
      ({ folder, count, yours }) =>
        `${folder.padEnd(width)}  ${String(count).padStart(3)}${yours > 0 ? style.dim(`, ${yours} yours`) : ''}`,
    ),
    `${style.bold(countFiles(files))}, ${Math.ceil(bytes / 1000)} kB; ${seeded} of them yours to write`,
    ...plan.kept.map(
      ({ path, insteadOf }) => `kept: ${path}${insteadOf === undefined ? '' : ', so no other is written'}`,
    ),
    ...steps.map((step) => `then: ${step}`),
  ].join('\n');
}

function countByFolder(plan: Plan): { folder: string; count: number; yours: number }[] {
  const rows = new Map<string, { folder: string; count: number; yours: number }>();
  for (const { path, ownership } of plan.added) {
    const folder = nameFolder(path);
    const row = rows.get(folder) ?? { folder, count: 0, yours: 0 };
    row.count += 1;
    row.yours += ownership === 'seeded' ? 1 : 0;
    rows.set(folder, row);
  }
  // What stands at the top comes last, as most listings have it.
  return [...rows.values()].sort((a, b) => Number(a.folder === top) - Number(b.folder === top));
}

const top = './';

/** Two levels of `src`, where the user will work, and one of all else. */
function nameFolder(path: string): string {
  const folders = path.split('/').slice(0, -1);
  const depth = folders[0] === 'src' ? (folders[1] === 'workloads' ? 3 : 2) : 1;
  return folders.length === 0 ? top : `${folders.slice(0, depth).join('/')}/`;
}

function countFiles(count: number): string {
  return count === 1 ? '1 file' : `${count} files`;
}
