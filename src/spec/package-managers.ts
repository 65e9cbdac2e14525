/** What differs between package managers, in the words that one types: one entry for each that a repo can be for. */
import type { PackageManagerId } from './spec.ts';

export interface PackageManager {
  id: PackageManagerId;
  title: string;
  /** How one gets it. */
  home: string;
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
  /** Runs a program of a package that is not installed. */
  dlx: string;
  /** For a shell in a repo: installs this package manager in the version that package.json names; npm is there. */
  installItself: string;
  /** Brings the lockfile, and nothing else, in line with package.json, where CI is set too. */
  renewLockfile: string;
}

const npm: PackageManager = {
  id: 'npm',
  title: 'npm',
  home: 'https://docs.npmjs.com/downloading-and-installing-node-js-and-npm',
  lockfile: 'package-lock.json',
  install: 'npm install',
  installArguments: ['install', '--no-audit', '--no-fund'],
  frozenInstall: 'npm ci --ignore-scripts',
  run: 'npm run',
  separator: '-- ',
  test: 'npm test',
  start: 'npm start',
  exec: 'npx',
  dlx: 'npx',
  installItself: '',
  renewLockfile: 'npm install --package-lock-only --ignore-scripts --no-audit --no-fund',
};

/** Which install scripts run is said in `pnpm-workspace.yaml`; pnpm hands a `--` on to the script. */
const pnpm: PackageManager = {
  id: 'pnpm',
  title: 'pnpm',
  home: 'https://pnpm.io/installation',
  lockfile: 'pnpm-lock.yaml',
  install: 'pnpm install',
  // In CI it would take only what a lockfile says.
  installArguments: ['install', '--no-frozen-lockfile'],
  frozenInstall: 'pnpm install --frozen-lockfile',
  run: 'pnpm run',
  separator: '',
  test: 'pnpm test',
  start: 'pnpm start',
  exec: 'pnpm exec',
  dlx: 'pnpm dlx',
  installItself: `npm install --global "$(node -p 'require("./package.json").packageManager')"`,
  renewLockfile: 'pnpm install --lockfile-only --no-frozen-lockfile',
};

/** Of the line that is kept up, 4 and later: what is named `yarn` in the registry is another one. */
const yarn: PackageManager = {
  id: 'yarn',
  title: 'Yarn',
  home: 'https://yarnpkg.com/getting-started/install',
  lockfile: 'yarn.lock',
  install: 'yarn install',
  installArguments: ['install', '--no-immutable'],
  frozenInstall: 'yarn install --immutable',
  run: 'yarn',
  separator: '',
  test: 'yarn test',
  start: 'yarn start',
  exec: 'yarn',
  dlx: 'yarn dlx',
  // Images of Node.js have an older one in the way, which npm replaces only by force.
  installItself: `npm install --global --force "@yarnpkg/cli-dist@$(node -p 'require("./package.json").packageManager.split("@")[1]')"`,
  renewLockfile: 'yarn install --mode=update-lockfile --no-immutable',
};

export const packageManagers: Readonly<Record<PackageManagerId, PackageManager>> = { npm, pnpm, yarn };

/** Where nothing is said; repos of versions that did not ask are npm's. */
export const defaultPackageManager: PackageManagerId = 'npm';

export function packageManagerOf(spec: { packageManager?: PackageManagerId }): PackageManager {
  return packageManagers[spec.packageManager ?? defaultPackageManager];
}
