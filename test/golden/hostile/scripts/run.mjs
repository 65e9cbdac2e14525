/**
 * Runs workloads side by side until they end: those named, or all. The first takes PORT (8080) and METRICS_PORT (9464),
 * each further one the ports that follow. With --watch from source and anew after each change, else from dist.
 */

import { spawn } from 'node:child_process';
import { existsSync, watch } from 'node:fs';
import { chooseWorkloads } from './workloads.mjs';

const watching = process.argv.includes('--watch');
const workloads = chooseWorkloads(process.argv.slice(2).filter((argument) => !argument.startsWith('--')));
// What is in the environment already wins over the file.
if (existsSync('.env')) process.loadEnvFile('.env');
const { PORT, METRICS_PORT } = process.env;

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
    PORT: String(Number(PORT || 8080) + index),
    METRICS_PORT: String(Number(METRICS_PORT || 9464) + index),
  };
  return spawn(process.execPath, watching ? source : ['--enable-source-maps', bundle], {
    stdio: ['ignore', 'inherit', 'inherit'],
    env: { ...process.env, ...ports },
  });
});

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
      stopAll('SIGTERM');
    }
    left -= 1;
    if (left === 0) process.exit();
  });
}

/** @param {NodeJS.Signals} signal */
function stopAll(signal) {
  for (const child of children) if (child.exitCode === null) child.kill(signal);
}

// This process outlives the others, which take their time to drain.
process.on('SIGTERM', () => stopAll('SIGTERM'));
process.on('SIGINT', () => {
  // A terminal has told them already.
  if (!process.stdin.isTTY) stopAll('SIGINT');
});
