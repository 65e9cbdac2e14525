/** What differs between package managers, in the words that one types: one entry for each that a repo can be for. */
import type { PackageManagerId } from './spec.ts';

export interface PackageManager {
  id: PackageManagerId;
  title: string;
  lockfile: string;
  /** Makes or renews the lockfile and installs what it says. */
  install: string;
  /** The same where nobody reads along: what `id` is started with. */
  installArguments: readonly string[];
  /** Exactly what the lockfile says. */
  frozenInstall: string;
  /** Stands before the name of a script, and before the script's own arguments come `separator`. */
  run: string;
  separator: '' | '-- ';
  /** Those that have a shorter way. */
  test: string;
  start: string;
  /** Runs a program of an installed package. */
  exec: string;
}

const npm: PackageManager = {
  id: 'npm',
  title: 'npm',
  lockfile: 'package-lock.json',
  install: 'npm install',
  installArguments: ['install', '--no-audit', '--no-fund'],
  frozenInstall: 'npm ci --ignore-scripts',
  run: 'npm run',
  separator: '-- ',
  test: 'npm test',
  start: 'npm start',
  exec: 'npx',
};

/** Which install scripts run is said in `pnpm-workspace.yaml`; pnpm hands a `--` on to the script. */
const pnpm: PackageManager = {
  id: 'pnpm',
  title: 'pnpm',
  lockfile: 'pnpm-lock.yaml',
  install: 'pnpm install',
  installArguments: ['install'],
  frozenInstall: 'pnpm install --frozen-lockfile',
  run: 'pnpm run',
  separator: '',
  test: 'pnpm test',
  start: 'pnpm start',
  exec: 'pnpm exec',
};

/** Of the line that is kept up, 4 and later: what is named `yarn` in the registry is another one. */
const yarn: PackageManager = {
  id: 'yarn',
  title: 'Yarn',
  lockfile: 'yarn.lock',
  install: 'yarn install',
  installArguments: ['install'],
  frozenInstall: 'yarn install --immutable',
  run: 'yarn',
  separator: '',
  test: 'yarn test',
  start: 'yarn start',
  exec: 'yarn',
};

export const packageManagers: Readonly<Record<PackageManagerId, PackageManager>> = { npm, pnpm, yarn };

/** Where nothing is said; repos of versions that did not ask are npm's. */
export const defaultPackageManager: PackageManagerId = 'npm';

export function packageManagerOf(spec: { packageManager?: PackageManagerId }): PackageManager {
  return packageManagers[spec.packageManager ?? defaultPackageManager];
}
