import { expect, it } from 'vitest';
import { askAnswers } from '../../src/cli/ask-answers.ts';
import { askPlainly } from '../../src/cli/ask-plainly.ts';
import type { GatheredAnswers } from '../../src/cli/gather-answers.ts';
import { exitCode, UserError } from '../../src/errors.ts';
import { createWorld, type TestWorld } from './test-world.ts';

const accept = () => {};

it('asks for everything that is open', async () => {
  const world = createWorld({ isTerminal: true });
  world.type('apps/Orders', 'apps/orders', '', '2', ' a.proto, b ,', 'no', '');
  expect(await converse(world, { protos: [] })).toStrictEqual({
    directory: 'apps/orders',
    name: 'orders',
    target: 'local',
    protos: ['a.proto', 'b'],
    install: false,
    git: true,
  });
  expect(world.told.stdout).toContain('Not accepted: name is "Orders", but must be a DNS label');
  expect(world.told.stdout).toMatch(
    /Where will it run\?\n1\. local: .*\n2\. ecs-alb: .*\n3\. ecs-nlb-nginx: .*\nNumber \(1 to 3, Enter for 1\): /,
  );
});

it('asks for nothing that was said', async () => {
  const world = createWorld({ isTerminal: true });
  const given: GatheredAnswers = {
    directory: 'orders',
    name: 'orders',
    target: 'local',
    workloads: [{ name: 'a', sources: [] }],
    protos: [],
    install: false,
    git: false,
  };
  expect(await converse(world, given)).toStrictEqual(given);
  expect(world.told.stdout).toBe('');
});

it('checks protos and folders at once, by the checks it is given', async () => {
  const world = createWorld({ isTerminal: true });
  world.type('full', 'orders', '1', '2', 'absent', 'a.proto', '', '');
  const refuse = (message: string) => {
    throw new UserError(exitCode.refused, { message, at: 'here', hint: 'Mend it' });
  };
  const answers = await converse(
    world,
    { protos: [] },
    {
      checkDirectory: (directory) => (directory === 'full' ? refuse('it is full') : undefined),
      checkProtos: ([path]) => (path === 'absent' ? refuse('it is absent') : undefined),
    },
  );
  expect(answers).toMatchObject({ directory: 'orders', protos: ['a.proto'] });
  expect(world.told.stdout).toContain('Not accepted: here: it is full. Mend it\n');
  expect(world.told.stdout).toContain('Not accepted: here: it is absent. Mend it\n');
});

it('stops at an interruption', async () => {
  const world = createWorld({ isTerminal: true });
  const answers = converse(world, { protos: [] });
  world.interrupt();
  await expect(answers).rejects.toMatchObject({ code: exitCode.interrupted });
});

function converse(
  world: TestWorld,
  given: GatheredAnswers,
  checks: Partial<Pick<Parameters<typeof askAnswers>[1], 'checkDirectory' | 'checkProtos'>> = {},
) {
  const asker = askPlainly(world);
  const talk = { asker, cwd: world.cwd, checkDirectory: accept, checkProtos: accept, ...checks };
  return askAnswers(given, talk).finally(() => asker.close());
}
