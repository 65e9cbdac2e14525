/** Where a program is: Windows itself would look into the working folder first, and run what a stranger's repo put there. */
import { win32 } from 'node:path';

export interface ProgramSearch {
  platform: NodeJS.Platform;
  env: Readonly<Record<string, string | undefined>>;
  isFile(place: string): boolean;
}

/** Of Windows, where `PATHEXT` says nothing. */
const usualEndings = '.COM;.EXE;.BAT;.CMD';

/** @returns what to start; undefined where no absolute folder of `PATH` has it. Elsewhere than on Windows the name itself */
export function findProgram(program: string, { platform, env, isFile }: ProgramSearch): string | undefined {
  if (platform !== 'win32' || isFixed(program)) return program;
  const folders = (env.PATH ?? '')
    .split(';')
    .map((folder) => folder.replaceAll('"', ''))
    .filter(isFixed);
  const endings = (env.PATHEXT || usualEndings).split(';').filter((ending) => ending !== '');
  return folders
    .flatMap((folder) => endings.map((ending) => win32.join(folder, `${program}${ending}`)))
    .find((place) => isFile(place));
}

/** With a drive or a host: `\tools` and `C:tools` depend on where one is. */
function isFixed(path: string): boolean {
  return /^(?:[A-Za-z]:[\\/]|\\\\)/.test(path);
}
