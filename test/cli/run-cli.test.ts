import { describe, expect, it } from 'vitest';
import { writeHelp } from '../../src/cli/help.ts';
import { runCli } from '../../src/cli/run-cli.ts';
import { specJsonSchema } from '../../src/spec/json-schema.ts';
import { toolVersion } from '../../src/tool-version.ts';
import { createWorld } from './test-world.ts';

it('answers --help, --version, schema and targets', async () => {
  expect(await tell('orders', '--help')).toBe(writeHelp(toolVersion));
  expect(await tell('new', '-v')).toBe(`${toolVersion}\n`);
  expect(JSON.parse(await tell('schema'))).toEqual(specJsonSchema());
  const listed = await tell('targets');
  expect(listed).toMatch(
    /^local {10}\w.*\n {15}takes --package-manager\necs-alb {8}\w.*\n {15}needs --region, --domain\n {15}takes --iac, --zone, /,
  );
  expect(listed.split('\n').filter((line) => line.length > 80)).toEqual([]);
  const { targets } = JSON.parse(await tell('targets', '--json'));
  expect(targets.map(({ id }: { id: string }) => id)).toEqual(['local', 'ecs-alb', 'ecs-nlb-nginx']);
});

describe('flags that npm took for itself', () => {
  it.each([
    [{ npm_command: 'init', npm_config_proto: 'true' }, '--proto', '--proto PATH'],
    [{ npm_command: 'exec', npm_config_dry_run: 'true' }, '--dry-run', '--dry-run'],
    [{ npm_command: 'init', npm_config_workload: 'a' }, '--workload', '--workload NAME[=PROTO]'],
  ])('%j is refused', async (env, flag, right) => {
    const world = createWorld({ env });
    expect(await runCli(['orders'], world)).toBe(2);
    expect(world.told.stderr).toBe(
      `error: npm took ${flag} for itself\n  hint: Put -- before the flags: npm create grpc-aws DIRECTORY -- ${right}\n`,
    );
  });

  it('leaves npm’s own settings alone elsewhere', async () => {
    const world = createWorld({ env: { npm_command: 'run-script', npm_config_dry_run: 'true' } });
    expect(await runCli(['--version'], world)).toBe(0);
  });
});

async function tell(...argv: string[]): Promise<string> {
  const world = createWorld();
  expect(await runCli(argv, world)).toBe(0);
  expect(world.told.stderr).toBe('');
  return world.told.stdout;
}
