/**
 * Runs workloads side by side until they end: those named, or all. The first takes PORT (8080) and METRICS_PORT (9464),
 * each further one the ports that follow. With --watch from source and anew after each change, else from dist.
 */

import { spawn } from 'node:child_process';
import { existsSync, watch } from 'node:fs';
import { chooseWorkloads } from './workloads.mjs';

const watching = process.argv.includes('--watch');
const onWindows = process.platform === 'win32';
const workloads = chooseWorkloads(process.argv.slice(2).filter((argument) => !argument.startsWith('--')));
// What is in the environment already wins over the file.
if (existsSync('.env')) process.loadEnvFile('.env');

const children = workloads.map((workload, index) => {
  const bundle = `dist/${workload}/server.cjs`;
  if (!watching && !existsSync(bundle)) {
    console.error(`There is no ${bundle}: npm run build`);
    process.exit(1);
  }
  const source = [
    'node_modules/tsx/dist/cli.mjs',
    'watch',
    '--clear-screen=false',
    `src/workloads/${workload}/main.ts`,
  ];
  const ports = {
    PORT: countOn(process.env.PORT || '8080', index),
    METRICS_PORT: countOn(process.env.METRICS_PORT || '9464', index),
  };
  return spawn(process.execPath, watching ? source : ['--enable-source-maps', bundle], {
    stdio: ['ignore', 'inherit', 'inherit'],
    env: { ...process.env, ...ports },
    // tsx kills a server at a second signal, however soon: a terminal's Ctrl-C must not reach it beside the one sent
    // here, and does not reach another group.
    detached: watching && !onWindows,
  });
});

/**
 * The port that many further on. 0, which is any free port, stays 0; what is no number stays too, for the server to
 * refuse by name.
 * @param {string} port
 * @param {number} index
 */
function countOn(port, index) {
  return index > 0 && /^\d+$/.test(port) && Number(port) > 0 ? String(Number(port) + index) : port;
}

if (watching) {
  let generating = false;
  watch('proto', { recursive: true }, () => {
    if (generating) return;
    generating = true;
    const generate = spawn('npm', ['run', '--silent', 'generate'], { stdio: 'inherit', shell: true });
    generate.on('exit', () => {
      generating = false;
    });
  });
}

let left = children.length;
for (const child of children) {
  child.on('exit', (code) => {
    // One that fails ends the others; the exit code is its own.
    if (code !== 0) {
      process.exitCode ||= code ?? 1;
      stopOnce('SIGTERM');
    }
    left -= 1;
    if (left === 0) process.exit();
  });
}

/** One Ctrl-C can arrive twice, from the terminal and from npm: a second signal counts only after this. */
const SAME_SIGNAL_MS = 500;
/** @type {number | undefined} */
let stoppingSince;

/** This process outlives the others, which take their time to drain. @param {NodeJS.Signals} signal */
function stopOnce(signal) {
  if (stoppingSince !== undefined) return;
  stoppingSince = Date.now();
  stopAll(signal);
}

/** @param {NodeJS.Signals} signal */
function stopAll(signal) {
  for (const child of children) if (child.exitCode === null) child.kill(signal);
}

/** @param {NodeJS.Signals} signal */
function onSignal(signal) {
  if (stoppingSince === undefined) stopOnce(signal);
  // They take a second one as an order to stop at once.
  else if (Date.now() - stoppingSince > SAME_SIGNAL_MS) stopAll(signal);
}

process.on('SIGTERM', onSignal);
process.on('SIGINT', (signal) => {
  // There the console has told them already, and to signal them is to kill them.
  if (!onWindows) onSignal(signal);
});
// The terminal is gone.
process.on('SIGHUP', () => stopOnce('SIGTERM'));

// npm passes SIGTERM to its shell alone, and that dies of it without passing it on.
if (process.env.npm_lifecycle_event !== undefined) {
  const parent = process.ppid;
  setInterval(() => {
    if (process.ppid !== parent) stopOnce('SIGTERM');
  }, 250).unref();
}
