/** From one target on ECS to the other and from one language to the other, by grpc-aws.json, in a repo with edits. */
import { join } from 'node:path';
import { beforeEach, expect, test } from 'vitest';
import { UserError } from '../../src/errors.ts';
import { makeTemporaryFolder } from '../tree/temporary-folder.ts';
import { commitAll, edit, emitRepo, initGit, lookAt, put, read, remove, upgradeRepo } from './upgrade-repo.ts';

type Answers = Record<string, unknown>;

const cloud = { target: 'ecs-alb', region: 'eu-west-1', domain: 'grpc.example.com' };
const service = 'src/workloads/orders/orders.v1.OrdersService';
const mine = 'an edit of mine';
/** The user's own files, and ours that every target has. */
const lasting: Record<string, (text: string) => string> = {
  [`${service}.ts`]: (text) => `// ${mine}\n${text}`,
  [`${service}.test.ts`]: (text) => `// ${mine}\n${text}`,
  'README.md': (text) => `${text}\n${mine}\n`,
  'proto/orders/v1/orders.proto': (text) => `// ${mine}\n${text}`,
  Dockerfile: (text) => `${text}# ${mine}\n`,
  'tsconfig.json': (text) => `${text}// ${mine}\n`,
  'package.json': (text) => JSON.stringify({ ...JSON.parse(text), description: mine }, null, 2).concat('\n'),
  'src/server/log.ts': (text) => `${text}// ${mine}\n`,
};
const ofTerraform = 'infra/variables.tf';
const ofAlb = 'infra/routes.tf';
const note = (text: string) => `${text}# ${mine}\n`;

let directory: string;
beforeEach(async () => {
  directory = join(makeTemporaryFolder(), 'orders');
  await emitRepo(directory, { toolVersion: '0.2.0' });
  await change(cloud);
  for (const [path, add] of Object.entries(lasting)) edit(directory, path, add);
});

/** As a user writes it; what is undefined is taken out. */
function answer(answers: Answers): void {
  edit(directory, 'grpc-aws.json', (text) => JSON.stringify({ ...JSON.parse(text), ...answers }, null, 2));
}

async function change(answers: Answers) {
  answer(answers);
  return upgradeRepo(directory, {}, { install: false });
}

function expectEdits(): void {
  for (const path of Object.keys(lasting))
    expect([path, read(directory, path)]).toEqual([path, expect.stringContaining(mine)]);
}

/** But for those edits it is what a repo is that was asked for this from the start. */
async function expectFresh(): Promise<void> {
  const fresh = join(makeTemporaryFolder(), 'orders');
  await emitRepo(fresh, { toolVersion: '0.2.0' });
  put(fresh, 'grpc-aws.json', read(directory, 'grpc-aws.json'));
  await upgradeRepo(fresh, {}, { install: false });
  const [ours, theirs] = [lookAt(directory), lookAt(fresh)];
  expect([...ours.keys()].sort()).toEqual([...theirs.keys()].sort());
  for (const [path, text] of theirs) if (!(path in lasting)) expect([path, ours.get(path)]).toEqual([path, text]);
}

async function expectQuiet(): Promise<void> {
  const checked = await upgradeRepo(directory, {}, { check: true });
  expect([checked.status, checked.plan.moves]).toEqual(['current', []]);
}

const toNginx = { target: 'ecs-nlb-nginx' };
const toStacks = { iac: 'cloudformation' };
// What only the other target takes has to go, as it says when it does not.
const toAlb = { target: 'ecs-alb', listener: undefined };
const toTerraform = { iac: 'terraform' };

test('round the four of them: edits stay, the rest is swapped, and the last repo is the first, byte for byte', async () => {
  const first = lookAt(directory);
  const steps: [Answers, RegExp, present: string, absent: string][] = [
    [
      toNginx,
      /^A load balancer cannot become one of another kind.*a person destroys the old one/,
      'edge/nginx.conf',
      ofAlb,
    ],
    [toStacks, /^What Terraform made is unknown to CloudFormation/, 'infra/bootstrap.yaml', ofTerraform],
    [
      toAlb,
      /CloudFormation does not replace\. Destroy each environment first/,
      'infra/service.yaml',
      'edge/nginx.conf',
    ],
    [toTerraform, /^What CloudFormation made is unknown to Terraform/, ofAlb, 'infra/bootstrap.yaml'],
  ];
  for (const [answers, said, present, absent] of steps) {
    const result = await change(answers);
    expect(result.plan.totals).toMatchObject({ conflicting: 0 });
    expect(result.plan.changes.filter(({ because }) => because !== undefined && because !== 'edited')).toEqual([]);
    expect(result.plan.moves[0]?.message).toMatch(said);
    expectEdits();
    const paths = [...lookAt(directory).keys()];
    expect(paths).toContain(present);
    expect(paths).not.toContain(absent);
    await expectFresh();
    await expectQuiet();
  }
  expect([...lookAt(directory)].filter(([path]) => path !== 'grpc-aws.json')).toEqual(
    [...first].filter(([path]) => path !== 'grpc-aws.json'),
  );
  expect(JSON.parse(read(directory, 'grpc-aws.json'))).toEqual(JSON.parse(first.get('grpc-aws.json')!));
});

test('both at once, target and language, is one change with one account of it', async () => {
  const { plan } = await change({ ...toNginx, ...toStacks });
  expect(plan.totals).toMatchObject({ conflicting: 0, merged: 0 });
  expect(plan.moves.map(({ message }) => message)).toEqual([
    expect.stringMatching(/^What Terraform made is unknown/),
    expect.stringMatching(/^Without a gap/),
    expect.stringMatching(/does not come along/),
    expect.stringMatching(/^Begin at step 1/),
    expect.stringMatching(/^The load balancer cuts what is silent/),
    expect.stringMatching(/^Connections are spread over tasks/),
    expect.stringMatching(/^A task that is replaced keeps its calls/),
    expect.stringMatching(/^README.md is yours/),
  ]);
  expectEdits();
  await expectFresh();
  await expectQuiet();
});

test('an edited file of infrastructure is merged where it stays, and where it goes it is kept and named at each upgrade', async () => {
  edit(directory, ofTerraform, note);
  edit(directory, ofAlb, note);
  const toNlb = await change(toNginx);
  expect(toNlb.plan.changes.filter(({ because }) => because === 'no-longer-emitted').map(({ path }) => path)).toEqual([
    ofAlb,
  ]);
  expect(read(directory, ofTerraform)).toContain(mine);
  expect(read(directory, ofAlb)).toContain(mine);
  // It was named, and whoever moved what it said elsewhere removes it.
  remove(directory, ofAlb);
  await expectQuiet();

  const toCloudFormation = await change(toStacks);
  const gone = toCloudFormation.plan.changes.filter(({ because }) => because === 'no-longer-emitted');
  expect(gone).toEqual([expect.objectContaining({ path: ofTerraform, verdict: 'kept' })]);
  expect(read(directory, ofTerraform)).toContain(mine);
  remove(directory, ofTerraform);

  await change(toAlb);
  const back = await change(toTerraform);
  expect(back.plan.totals.conflicting).toBe(0);
  expect(read(directory, ofTerraform)).not.toContain(mine);
  expectEdits();
  await expectFresh();
});

test('where a kept file is emitted again, the edit alone is a conflict, and both texts are in it', async () => {
  edit(directory, ofAlb, note);
  await change(toNginx);
  const result = await change(toAlb);
  expect(result.status).toBe('conflicting');
  expect(result.plan.changes.filter(({ verdict }) => verdict === 'conflicting').map(({ path }) => path)).toEqual([
    ofAlb,
  ]);
  expect(read(directory, ofAlb)).toMatch(/\n<<<<<<< yours\n# an edit of mine\n\|{7}[^\n]*\n=======\n>>>>>>> [^\n]*\n$/);
});

test('numbers of an environment that were edited stay in its file, which is named where the other language has another', async () => {
  const place = 'infra/environments/prod.tfvars';
  edit(directory, place, (text) => text.replace('max = 12', 'max = 24'));
  await change(toNginx);
  expect(read(directory, place)).toContain('max = 24');
  const { plan } = await change(toStacks);
  expect(plan.changes).toContainEqual(
    expect.objectContaining({ path: place, verdict: 'kept', because: 'no-longer-emitted' }),
  );
  expect(plan.moves.map(({ message }) => message)).toContainEqual(
    expect.stringContaining('write it into infra/environments/*.json'),
  );
});

test('a setting that only the former target takes is refused by name, and nothing is written', async () => {
  await change({ ...toNginx, listener: 'tls' });
  const before = lookAt(directory);
  answer({ target: 'ecs-alb' });
  const failure = await upgradeRepo(directory).catch((error: unknown) => error);
  expect(failure).toBeInstanceOf(UserError);
  expect((failure as UserError).faults.map(({ message }) => message).join()).toContain('listener');
  expect([...lookAt(directory)].filter(([path]) => path !== 'grpc-aws.json')).toEqual(
    [...before].filter(([path]) => path !== 'grpc-aws.json'),
  );
});

test('in a repo with git the change is told before it is made, and made on top of a commit', async () => {
  initGit(directory);
  answer({ ...toNginx, ...toStacks });
  const told = await upgradeRepo(directory, {}, { check: true });
  expect(told.status).toBe('planned');
  expect(told.plan.moves[0]).toMatchObject({ when: 'before' });
  commitAll(directory, 'Ask for another target');
  const result = await upgradeRepo(directory, {}, { install: false });
  expect(result.plan.changes).toEqual(told.plan.changes);
  expectEdits();
});
