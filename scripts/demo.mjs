/** `npm run demo`: the whole way once, from a `.proto` file to an answer, told as it goes; nothing is left behind. */
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { handler, proto } from './demo-files.mjs';
import { findFreePorts, runAll, startGroup, stopGroups, waitForPort } from './processes.mjs';
import { enterToolchain, root } from './toolchain.mjs';

await enterToolchain();

const folder = mkdtempSync(join(tmpdir(), 'grpc-aws-demo-'));
const repo = join(folder, 'greeter');
let isLeaving = false;
for (const [signal, code] of Object.entries({ SIGINT: 130, SIGTERM: 143 })) {
  process.on(signal, () => void leave(code));
}

try {
  await demonstrate();
  await leave(0);
} catch (error) {
  console.error(`\nThe demo stopped: ${error.message}`);
  await leave(1);
}

async function demonstrate() {
  tell('Build the CLI.');
  await runAll(root, [['node', 'scripts/build.ts']]);

  tell('A team has one .proto file:');
  show(proto);
  writeFileSync(join(folder, 'greeter.proto'), proto);

  tell('One command makes a repo of it, and installs that.');
  const cli = join(root, 'dist', 'cli.js');
  await runAll(folder, [['node', cli, 'greeter', '--proto', 'greeter.proto', '--yes', '--no-git']]);

  tell('Every method is there, typed, and answers UNIMPLEMENTED. An engineer writes the two of this service:');
  show(handler);
  writeFileSync(join(repo, 'src/workloads/greeter/demo.v1.GreeterService.ts'), handler);

  tell('The repo builds itself: code from the protos, types, one bundle. Building checks what was written.');
  await runAll(repo, [['npm', 'run', 'build']]);

  const [port, metricsPort] = await findFreePorts(2);
  tell(`It starts, on port ${port}.`);
  const settings = { PORT: String(port), METRICS_PORT: String(metricsPort) };
  const server = startGroup(repo, ['npm', 'start'], { ...process.env, ...settings });
  await waitForPort(port, server);

  tell('It is called: once, and for a stream of answers.');
  for (const [method, request] of [
    ['Greet', '{"name": "Ada"}'],
    ['Count', '{"to": 3}'],
  ]) {
    const call = [
      'npm',
      'run',
      'call',
      '--',
      '--address',
      `localhost:${port}`,
      `demo.v1.GreeterService/${method}`,
      request,
    ];
    await runAll(repo, [call]);
  }

  tell('It is told to stop, and stops.');
  await stopGroups();
  tell('Done. The server is stopped and its folder is removed. Your own: npm create grpc-aws');
}

function tell(sentence) {
  console.log(`\n── ${sentence}`);
}

function show(text) {
  console.log(text.replace(/^/gm, '   │ ').trimEnd());
}

/** Leaves nothing running and nothing behind, however it ends. The first reason to leave counts. */
async function leave(code) {
  if (isLeaving) return;
  isLeaving = true;
  await stopGroups();
  // A killed npm may still hold files for a moment on Windows.
  rmSync(folder, { recursive: true, force: true, maxRetries: 5, retryDelay: 200 });
  process.exit(code);
}
