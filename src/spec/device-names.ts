/** Names that a file or folder cannot have on Windows, which opens a device for them whatever the folder. */

function numbered(name: string): string[] {
  return Array.from({ length: 9 }, (_, index) => `${name}${index + 1}`);
}

/** Source: https://learn.microsoft.com/windows/win32/fileio/naming-a-file (Naming Conventions). */
export const deviceNames = {
  values: ['con', 'prn', 'aux', 'nul', ...numbered('com'), ...numbered('lpt')],
  because: 'Windows keeps that name for a device, so no folder can have it there',
} as const;
