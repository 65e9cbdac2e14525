import { expect, it } from 'vitest';
import { findProgram } from '../../src/cli/find-program.ts';

/** A Windows that has these files. */
function windows(path: string, ...files: readonly string[]) {
  const places = new Set(files.map((file) => file.toLowerCase()));
  return {
    platform: 'win32' as const,
    env: { PATH: path, PATHEXT: '.COM;.EXE;.BAT;.CMD' },
    isFile: (place: string) => places.has(place.toLowerCase()),
  };
}

it('leaves the search to the system where that does not begin in the working folder', () => {
  expect(findProgram('git', { platform: 'linux', env: {}, isFile: () => false })).toBe('git');
});

it('finds a program on Windows by PATH and by its endings', () => {
  const system = windows(
    'C:\\git\\cmd;"C:\\Program Files\\nodejs"',
    'C:\\git\\cmd\\git.exe',
    'C:\\Program Files\\nodejs\\npm.cmd',
  );
  expect(findProgram('git', system)).toBe('C:\\git\\cmd\\git.EXE');
  expect(findProgram('npm', system)).toBe('C:\\Program Files\\nodejs\\npm.CMD');
});

it('takes the first folder that has it, and in it the first ending', () => {
  const system = windows('C:\\one;C:\\two', 'C:\\two\\npm.exe', 'C:\\one\\npm.cmd', 'C:\\one\\npm.bat');
  expect(findProgram('npm', system)).toBe('C:\\one\\npm.BAT');
});

it.each(['.', '', 'tools', '\\tools', 'C:tools'])(
  'does not look on Windows where PATH depends on the working folder: %j',
  (entry) => {
    const system = { ...windows(`${entry};C:\\git`), isFile: (place: string) => !place.startsWith('C:\\git') };
    expect(findProgram('git', system)).toBeUndefined();
  },
);

it('takes a path as it is', () => {
  expect(findProgram('C:\\git\\git.exe', windows(''))).toBe('C:\\git\\git.exe');
});

it('knows the usual endings where nothing says them', () => {
  const { isFile } = windows('', 'C:\\git\\git.exe');
  expect(findProgram('git', { platform: 'win32', env: { PATH: 'C:\\git' }, isFile })).toBe('C:\\git\\git.EXE');
});
