import { beforeEach, describe, expect, it } from 'vitest';
import { findCaller } from '../../src/cli/find-caller.ts';
import { runCli } from '../../src/cli/run-cli.ts';
import { makeTemporaryFolder } from '../tree/temporary-folder.ts';
import { createWorld } from './test-world.ts';

const agents = {
  npm: 'npm/11.19.1 node/v24.21.0 linux x64 workspaces/false',
  pnpm: 'pnpm/12.21.0 npm/? node/v24.21.0 linux x64',
  yarn: 'yarn/4.18.1 npm/? node/v24.21.0 linux x64',
  classic: 'yarn/1.22.22 npm/? node/v20.19.0 linux x64',
};

it.each([
  [agents.npm, undefined],
  [agents.pnpm, 'pnpm'],
  [agents.yarn, 'yarn'],
  [agents.classic, undefined],
  ['bun/1.3.0 npm/? node/v24.3.0', undefined],
  [undefined, undefined],
])('%s is %s', (agent, caller) => {
  expect(findCaller({ npm_config_user_agent: agent })).toBe(caller);
});

describe('a creation', () => {
  let cwd: string;
  beforeEach(() => {
    cwd = makeTemporaryFolder();
  });

  it('is for the package manager that runs it, from the plan to the next steps', async () => {
    const world = createWorld({ cwd, env: { npm_config_user_agent: agents.pnpm } });
    expect(await runCli(['orders', '--no-git'], world)).toBe(0);
    expect(world.calls).toEqual(['pnpm install --no-frozen-lockfile']);
    expect(world.told.stderr).toBe('pnpm install...\npnpm install: done\n');
    expect(world.told.stdout).toContain('\n  pnpm run dev\n');
    expect(world.told.stdout).toContain("\n  pnpm run call orders.v1.OrdersService/Get '");
  });

  it('shows it in the plan', async () => {
    const world = createWorld({ cwd, env: { npm_config_user_agent: agents.yarn } });
    expect(await runCli(['orders', '--dry-run'], world)).toBe(0);
    expect(world.told.stdout).toMatch(/target local\npackageManager {2}yarn\n[\s\S]*then: yarn install\n/);
  });

  it('is for the one that was said, whoever runs it', async () => {
    const world = createWorld({ cwd, env: { npm_config_user_agent: agents.pnpm } });
    expect(await runCli(['orders', '--no-git', '--package-manager', 'npm'], world)).toBe(0);
    expect(world.calls).toEqual(['npm install --no-audit --no-fund']);
  });
});
