/** The rooms of `src/` and their direction: a room may import itself and any room of a lower floor. */

/** From the ground up. Rooms of one floor do not know each other. */
export const floors: readonly (readonly string[])[] = [
  ['errors.ts', 'versions.ts', 'tool-version.ts'],
  ['spec', 'steps'],
  ['contract'],
  ['topology', 'tree'],
  ['manifest', 'targets'],
  ['render'],
  ['merge'],
  ['plan'],
  ['create', 'upgrade'],
  ['index.ts'],
  ['cli', 'projen'],
];

/** The floors that also run in a browser. */
export const browserRooms = ['spec', 'contract', 'topology', 'targets', 'render', 'merge'];

/** Below them nothing prompts, prints, exits, or reads argv, env or the clock. */
export const doors = ['cli', 'projen'];

/** The only rooms that touch a project on disk. */
export const diskRooms = ['tree', 'plan'];

/** The room of a path in `src/`: its folder's name, or the file's own. */
export function roomOf(path: string): string {
  return path.split('/')[1] ?? '';
}

/** The floor a room stands on; -1 for an unknown room. */
export function floorOf(room: string): number {
  return floors.findIndex((floor) => floor.includes(room));
}
