import { expect, it } from 'vitest';
import { createOutput } from '../../src/cli/output.ts';
import { reportError } from '../../src/cli/report-error.ts';
import { exitCode, UserError } from '../../src/errors.ts';
import { createWorld } from './test-world.ts';

const refusal = new UserError(exitCode.usage, [
  { at: 'a.json:1:2', message: 'name is wrong', hint: 'Use orders' },
  { message: 'so is \u001b[2Jthis' },
]);

it('says every fault with its place and hint on stderr', () => {
  const world = createWorld();
  expect(reportError(refusal, world, createOutput(world, false))).toBe(2);
  expect(world.told).toEqual({
    stdout: '',
    stderr: `error: a.json:1:2: name is wrong\n  hint: Use orders\nerror: so is \\u001b[2Jthis\n`,
  });
});

it('says the same as one document with --json', () => {
  const world = createWorld();
  expect(reportError(refusal, world, createOutput(world, true))).toBe(2);
  expect(world.told.stderr).toBe('');
  expect(JSON.parse(world.told.stdout)).toEqual({ error: { code: 2, faults: refusal.faults } });
});

it('asks for a report of anything unexpected, with versions', () => {
  const world = createWorld();
  expect(reportError(new TypeError('x is undefined'), world, createOutput(world, false))).toBe(70);
  expect(world.told.stderr).toBe(
    'error: this is a bug of create-grpc-aws: TypeError: x is undefined\n  hint: Report it with the command, the stack that DEBUG=1 shows, and: create-grpc-aws 0.0.0-source, Node v20.19.0, linux x64\n',
  );
});

it.each(['a text', undefined, null, { toString: 7 }])('survives %s being thrown', (thrown) => {
  const world = createWorld();
  expect(reportError(thrown, world, createOutput(world, false))).toBe(70);
});

it('shows the stack when debugging', () => {
  const world = createWorld({ env: { DEBUG: '1' } });
  reportError(new TypeError('x'), world, createOutput(world, true));
  expect(world.told.stderr).toContain('report-error.test.ts');
  expect(JSON.parse(world.told.stdout).error.code).toBe(70);
});

it('knows what only the world can be at fault for', () => {
  const world = createWorld();
  const full = Object.assign(new Error('ENOSPC'), { code: 'ENOSPC', syscall: 'write', path: '/projects/a' });
  expect(reportError(full, world, createOutput(world, false))).toBe(1);
  expect(world.told.stderr).toContain('error: /projects/a: cannot go on: the disk is full');
});

it('takes whatever follows an interruption for the interruption', () => {
  const world = createWorld();
  world.interrupt();
  expect(reportError(new Error('AbortError'), world, createOutput(world, false))).toBe(130);
  expect(world.told.stderr).toBe('Interrupted\n');
});
