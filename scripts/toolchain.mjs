/**
 * The step before every other: from Node and npm alone to this repo's own toolchain.
 * It imports only Node itself, because it runs where nothing is installed yet, on any Node from 20.19.
 */
import { spawn } from 'node:child_process';
import { existsSync, readFileSync } from 'node:fs';
import { delimiter, dirname, join, relative } from 'node:path';
import { fileURLToPath } from 'node:url';

export const root = dirname(dirname(fileURLToPath(import.meta.url)));

const nodePackage = join(root, 'node_modules', 'node');
const nodeFolder = join(nodePackage, 'bin');
const nodeBinary = join(nodeFolder, process.platform === 'win32' ? 'node.exe' : 'node');

/**
 * Returns once this process runs on the toolchain's Node with every package of package-lock.json installed.
 * Otherwise installs, runs the same script again on that Node, and ends with what it ended with.
 */
export async function enterToolchain() {
  refuseOldNode();
  const reason = findInstallReason();
  if (reason !== undefined) await install(reason);
  const wanted = `v${JSON.parse(readFileSync(join(nodePackage, 'package.json'), 'utf8')).version}`;
  if (process.version === wanted) {
    process.env.PATH = [nodeFolder, join(root, 'node_modules', '.bin'), process.env.PATH].join(delimiter);
    return;
  }
  if (process.env.GRPC_AWS_TOOLCHAIN === wanted) stop(`${nodeBinary} says it is ${process.version}, not ${wanted}.`);
  if (!existsSync(nodeBinary)) {
    stop(
      `The toolchain's Node ${wanted} is absent: npm was told to run no install scripts.`,
      'Allow them for this repo and install again: npm ci --ignore-scripts=false',
    );
  }
  const again = start(nodeBinary, process.argv.slice(1), { env: { ...process.env, GRPC_AWS_TOOLCHAIN: wanted } });
  // Ctrl-C reaches the whole process group: the other process stops its own children, and this one waits for it.
  process.on('SIGINT', () => {});
  process.on('SIGTERM', () => again.child.kill('SIGTERM'));
  process.exit(await again.ended);
}

/** Starts a program in the repo's root. `ended` resolves with its exit code: 1 for a signal or a failed start. */
export function start(command, args, options = {}) {
  const windowsScript = process.platform === 'win32' && ['npm', 'npx'].includes(command);
  const child = windowsScript
    ? spawn([`${command}.cmd`, ...args.map(quoteForWindows)].join(' '), {
        cwd: root,
        stdio: 'inherit',
        shell: true,
        ...options,
      })
    : spawn(command, args, { cwd: root, stdio: 'inherit', ...options });
  const ended = new Promise((resolve) => {
    child.on('error', (error) => {
      console.error(`${command}: ${error.message}`);
      resolve(1);
    });
    child.on('close', (code) => resolve(code ?? 1));
  });
  return { child, ended };
}

function quoteForWindows(argument) {
  return /^[\w./:@=\\-]+$/.test(argument) ? argument : `"${argument.replaceAll('"', '""')}"`;
}

function refuseOldNode() {
  const [major, minor] = process.versions.node.split('.').map(Number);
  if (major > 20 || (major === 20 && minor >= 19)) return;
  stop(`Node ${process.versions.node} is too old.`, 'Install Node 20.19 or later: https://nodejs.org');
}

/** Why `npm ci` must run, or undefined. npm keeps what it installed in node_modules/.package-lock.json. */
function findInstallReason() {
  const installedLock = join(root, 'node_modules', '.package-lock.json');
  if (!existsSync(installedLock)) return 'node_modules is absent';
  const wanted = JSON.parse(readFileSync(join(root, 'package-lock.json'), 'utf8')).packages;
  const installed = JSON.parse(readFileSync(installedLock, 'utf8')).packages;
  for (const [path, { version, optional }] of Object.entries(wanted)) {
    if (path === '' || (optional && installed[path] === undefined)) continue;
    if (installed[path]?.version !== version) return `${path} is not ${version} as package-lock.json says`;
  }
  return undefined;
}

async function install(reason) {
  console.log(`${reason}: installing with npm ci`);
  if (process.platform === 'win32' && process.execPath === nodeBinary) {
    stop('Windows cannot replace the Node that is running.', 'Run it from a shell: npm ci');
  }
  const code = await start('npm', ['ci', '--no-audit', '--no-fund', '--loglevel=error'], {
    env: { ...process.env, PATH: leaveToolchain(process.env.PATH ?? '') },
  }).ended;
  if (code !== 0) stop('npm ci failed; what it said is above.', 'Mend that, then run it again: npm ci');
}

/** npm ci removes node_modules first: nothing it starts may be found there. */
function leaveToolchain(path) {
  return path
    .split(delimiter)
    .filter((folder) => relative(join(root, 'node_modules'), folder).startsWith('..'))
    .join(delimiter);
}

function stop(message, hint) {
  console.error(hint === undefined ? message : `${message}\n${hint}`);
  process.exit(1);
}
