/** The cases under test/fixtures: folders of protos, each with what is answered and what is to come of it. */
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';

const root = join(import.meta.dirname, '../fixtures');

export interface FixtureCase {
  name: string;
  /** Absolute. */
  folder: string;
  /** What is given to --proto, relative to the folder. */
  proto: readonly string[];
  /** Of invalid cases: the exit code, and each fault as `at: message`. */
  code: number;
  faults: readonly string[];
}

export function listCases(kind: 'valid' | 'invalid'): FixtureCase[] {
  const names = readdirSync(join(root, kind), { withFileTypes: true }).filter((entry) => entry.isDirectory());
  return names.map(({ name }) => {
    const folder = join(root, kind, name);
    const file = join(folder, 'case.json');
    const given = existsSync(file) ? JSON.parse(readFileSync(file, 'utf8')) : {};
    return { name, folder, proto: ['.'], code: 0, faults: [], ...given };
  });
}

/** Every file of a case below `/case`, for a disk in memory. */
export function readCase({ folder }: FixtureCase): Record<string, Uint8Array> {
  const entries = readdirSync(folder, { recursive: true, withFileTypes: true }).filter((entry) => entry.isFile());
  return Object.fromEntries(
    entries.map((entry) => {
      const path = join(entry.parentPath, entry.name);
      return [`/case${path.slice(folder.length).replaceAll('\\', '/')}`, readFileSync(path)];
    }),
  );
}
