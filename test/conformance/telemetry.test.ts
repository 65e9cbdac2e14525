import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { execa } from 'execa';
import { expect, onTestFinished, test } from 'vitest';
import { userShell } from '../e2e/user-shell.ts';
import { renderSamples } from '../golden/render-answers.ts';
import { ecsAlbSpecs } from '../targets/ecs-alb-specs.ts';

test('a repo with tracing installs, builds, and passes its own tests, those of its spans among them', {
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
});
