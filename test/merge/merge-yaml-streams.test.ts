import { expect, test } from 'vitest';
import type { Merge } from '../../src/merge/merge.ts';
import { mergeFile } from '../../src/merge/merge-file.ts';
import { labels } from './labels.ts';

const service = 'apiVersion: v1\nkind: Service\nmetadata:\n  name: orders\nspec:\n  ports:\n    - port: 80\n';
const deployment =
  'apiVersion: apps/v1\nkind: Deployment\nmetadata:\n  name: orders\nspec:\n  replicas: 2\n  strategy: {}\n';

test('objects of Kubernetes are told apart by what they are, wherever they stand', async () => {
  const base = `${service}---\n${deployment}`;
  const ours = `${deployment.replace('replicas: 2', 'replicas: 5')}---\n# front\n${service}`;
  const theirs = `${service}---\n${deployment.replace('{}', '{ type: Recreate }')}`;
  expect(await merge(base, ours, theirs)).toEqual({
    text: `${deployment.replace('2\n', '5\n').replace('{}', '{ type: Recreate }')}---\n# front\n${service}`,
    conflicts: [],
  });
});

test('an object that theirs added gets its marker', async () => {
  const account = 'apiVersion: v1\nkind: ServiceAccount\nmetadata:\n  name: orders\n';
  const config = 'apiVersion: v1\nkind: ConfigMap\nmetadata:\n  name: orders\n';
  expect(await merge(service, `${service}---\n${config}`, `${service}---\n${account}`)).toEqual({
    text: `${service}---\n${account}---\n${config}`,
    conflicts: [],
  });
});

test('documents without names are told apart by their contents', async () => {
  const merged = await merge(
    'a: 1\n---\nb: 1\nc: 1\n',
    'a: 1\n---\nb: 2\nc: 1\n',
    'z: 0\n---\na: 1\n---\nb: 1\nc: 2\n',
  );
  expect(merged).toEqual({ text: 'z: 0\n---\na: 1\n---\nb: 2\nc: 2\n', conflicts: [] });
});

test('tags of CloudFormation are parts of their values', async () => {
  const base =
    'Resources:\n  Role:\n    Name: !Sub "${Stack}-role"\n    Arn: !GetAtt [Role, Arn]\n    Or: !If\n      - A\n      - B\n';
  const ours = base.replace('    Arn', '    Mine: !Ref Mine\n    Arn');
  const theirs = base
    .replace('    Arn', '    Yours: !ImportValue x\n    Arn')
    .replace('"${Stack}', '!x')
    .replace('!x', '"${Stack}');
  expect(await merge(base, ours, theirs)).toEqual({
    text: base.replace('    Arn', '    Yours: !ImportValue x\n    Mine: !Ref Mine\n    Arn'),
    conflicts: [],
  });
  const untagged = base.replace('!Sub ', '');
  expect((await merge(base, untagged, base.replace('!Sub', '!Join'))).conflicts).toHaveLength(1);
});

test('anchors and aliases stay what they are', async () => {
  const base = 'x: &x\n  a: 1\ny:\n  <<: *x\n  b: 2\n';
  const ours = base.replace('b: 2', 'b: 2\n  ours: *x');
  const theirs = base.replace('b: 2', 'b: 2\n  theirs: *x');
  expect(await merge(base, ours, theirs)).toEqual({
    text: base.replace('b: 2', 'b: 2\n  theirs: *x\n  ours: *x'),
    conflicts: [],
  });
});

test('an alias whose anchor the other side deleted is a conflict that keeps ours', async () => {
  const base = 'x: &x 1\na: 2\nb: 3\nc: 4\n';
  const ours = base.replace('c: 4', 'c: *x');
  expect(await merge(base, ours, base.replace('x: &x 1\n', ''))).toEqual({
    text: ours,
    conflicts: [{ where: 'the whole file' }],
  });
});

test('keys that are no plain words leave their map whole', async () => {
  const base = '? [a, b]\n: 1\n';
  expect((await merge(base, '? [a, b]\n: 2\n', '? [a, b]\n: 3\n')).conflicts).toHaveLength(1);
  expect(await merge(`m:\n  ? [a]\n  : 1\nn: 1\n`, `m:\n  ? [a]\n  : 2\nn: 1\n`, `m:\n  ? [a]\n  : 1\nn: 2\n`)).toEqual(
    {
      text: 'm:\n  ? [a]\n  : 2\nn: 2\n',
      conflicts: [],
    },
  );
});

function merge(base: string, ours: string, theirs: string): Promise<Merge> {
  return mergeFile('deploy/base/orders.yaml', { base, ours, theirs }, labels);
}
