/** Repos for pnpm and Yarn: created with them, cloned, and put through their own workflow, each step as it stands there. */
import { mkdtempSync, readFileSync } from 'node:fs';
import { rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { delimiter, join } from 'node:path';
import { execa } from 'execa';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { parse } from 'yaml';
import { packageManagers } from '../../src/spec/package-managers.ts';
import { versions } from '../../src/versions.ts';
import { cli } from '../golden/emit.ts';
import { startServer } from './running-server.ts';
import { userShell } from './user-shell.ts';

const posix = process.platform !== 'win32';
const folder = mkdtempSync(join(tmpdir(), 'grpc-aws-managers-'));
const prefix = join(folder, 'global');
afterAll(() => rm(folder, { recursive: true, force: true, maxRetries: 5, retryDelay: 200 }));

/** Of a user who has them, and of CI, where what npm installs globally goes into the same folder. */
const shell = userShell(process.execPath);
const identity = { GIT_AUTHOR_NAME: 'A', GIT_AUTHOR_EMAIL: 'a@b', GIT_COMMITTER_NAME: 'A', GIT_COMMITTER_EMAIL: 'a@b' };
const env = {
  ...shell,
  ...identity,
  PATH: [join(prefix, 'bin'), shell.PATH].join(delimiter),
  npm_config_prefix: prefix,
  CI: 'true',
};

beforeAll(async () => {
  if (!posix) return;
  const names = [`pnpm@${versions.pnpm.version}`, `@yarnpkg/cli-dist@${versions.yarn.version}`];
  await execa('npm', ['install', '--global', ...names], { env, extendEnv: false });
});

describe.runIf(posix).concurrent('a repo for', () => {
  test.for([packageManagers.pnpm, packageManagers.yarn])(
    '$title is created, passes its workflow in a clone, serves, and is left as it is by projen',
    async (manager, context) => {
      const created = join(folder, manager.id, 'orders');
      const run = (command: string, cwd = created) => execa('sh', ['-ec', command], { cwd, env, extendEnv: false });
      await execa(process.execPath, [cli, created, '--yes', '--package-manager', manager.id], {
        env,
        extendEnv: false,
      });
      expect((await run('git status --short && git log --oneline')).stdout).toMatch(/^\w+ Create orders with/);
      await run(`${manager.exec} projen`);
      expect((await run('git status --short')).stdout).toBe('');

      const clone = join(folder, manager.id, 'clone');
      await run(`git clone --quiet . ${clone}`);
      for (const step of readSteps(clone)) {
        // All of the tests are the same in every repo, and sample.test.ts runs them.
        await run(step === manager.test ? `${step} src/client/test/call.test.ts` : step, clone);
      }
      expect((await run('git status --short', clone)).stdout).toBe('');

      const server = await startServer(['node', 'dist/orders/server.cjs'], clone, { ...env, LOG_LEVEL: 'warn' });
      context.onTestFinished(() => server.kill());
      const call = `${manager.run} call ${manager.separator}--address localhost:${server.port}`;
      expect((await run(`${call} orders.v1.OrdersService/Get '{"id": "1"}'`, clone)).stdout).toContain('"replica"');
      expect(await server.stop(), server.output()).toBe(0);
    },
  );
});

/** What the job that tests types, in order: the first of it is how CI gets the package manager. */
function readSteps(repo: string): string[] {
  const { jobs } = parse(readFileSync(join(repo, '.github/workflows/build.yml'), 'utf8')) as {
    jobs: { test: { steps: { run?: string }[] } };
  };
  const steps = jobs.test.steps.flatMap(({ run }) => run ?? []);
  expect(steps[0]).toContain('npm install --global');
  return steps;
}
