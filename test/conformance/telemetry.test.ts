import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { execa } from 'execa';
import { expect, onTestFinished, test } from 'vitest';
import { userShell } from '../e2e/user-shell.ts';
import { renderSamples } from '../golden/render-answers.ts';
import { ecsAlbSpecs } from '../targets/ecs-alb-specs.ts';
import { faultLine, quietLine } from './metric-pattern.ts';

test('a repo with tracing installs, builds, passes its own tests, and logs the lines that alarms count', {
  timeout: 240_000,
}, async () => {
  const spec = ecsAlbSpecs.map(([, one]) => one).find(({ telemetry }) => telemetry)!;
  const folder = mkdtempSync(join(tmpdir(), 'grpc-aws-telemetry-'));
  onTestFinished(() => rmSync(folder, { recursive: true, force: true }));
  for (const [path, { text }] of renderSamples(spec)) {
    mkdirSync(dirname(join(folder, path)), { recursive: true });
    writeFileSync(join(folder, path), text);
  }
  const run = (...args: string[]) =>
    execa('npm', args, { cwd: folder, env: userShell(process.execPath), extendEnv: false, all: true });
  await run('install', '--ignore-scripts');
  await run('run', 'build');
  expect((await run('test')).all).toMatch(/fail 0$/m);

  writeFileSync(join(folder, 'lines.ts'), program);
  const { stdout } = await execa(process.execPath, ['lines.ts'], { cwd: folder });
  const lines = stdout.split('\n').map((line) => JSON.parse(line));
  expect(lines).toMatchObject([faultLine, quietLine]);
});

/** The emitted server's own log, told of a call that failed by its own fault and of one that went well. */
const program = `
import { status } from '@grpc/grpc-js';
import { readConfig } from './src/server/config.ts';
import { createLog } from './src/server/log.ts';
import { observe } from './src/server/telemetry.ts';
const metrics = { recorder: () => () => {}, started() {} };
const observer = observe({}, createLog('orders', readConfig({})), metrics);
observer.ended({ peer: 'client' }, status.INTERNAL, 0, new Error('broken'));
observer.ended({ peer: 'client' }, status.OK, 0, undefined);
`;
