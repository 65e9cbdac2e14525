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
  expect(await tell('targets')).toMatch(/^local {2}\w.*\n$/);
  expect(JSON.parse(await tell('targets', '--json')).targets[0].id).toBe('local');
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
