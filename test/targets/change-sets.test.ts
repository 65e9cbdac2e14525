/** Who makes change sets of CloudFormation, who executes them, and how either calls them. */
import { expect, it } from 'vitest';
import type { FullSpec } from '../../src/spec/fill-settings.ts';
import { renderSamples } from '../golden/render-answers.ts';
import { ecsAlbSpecs } from './ecs-alb-specs.ts';

const [least, , existing] = ecsAlbSpecs.map(([, spec]) => spec) as [FullSpec, FullSpec, FullSpec];
const read = (spec: FullSpec, path: string) => renderSamples({ ...spec, iac: 'cloudformation' }).get(path)!.text;

it('calls every change set together with its stack, by which the roles are bound', () => {
  const calls = read(least, '.github/workflows/environment.yml')
    .split('\n')
    .filter((line) => line.includes('--change-set-name'));
  expect(calls).toHaveLength(6);
  expect(calls.filter((line) => !line.includes('--stack-name "$STACK"'))).toEqual([]);
});

it('executes the change set that was shown, by its id, for its name could be given to another one', () => {
  const workflow = read(least, '.github/workflows/environment.yml');
  expect(workflow).toContain('change-set: ${{ steps.change-set.outputs.id }}');
  expect(workflow).toContain('CHANGE_SET: ${{ needs.plan.outputs.change-set }}');
  expect(workflow).toContain('execute-change-set --stack-name "$STACK" --change-set-name "$CHANGE_SET"');
});

it('has a deploy execute alone, and a plan make alone', () => {
  const deploy = /StartPolicy:\n[\s\S]*?\n\n/.exec(read(least, 'infra/environments/prod.bootstrap.yaml'))![0];
  const plan = /PlanChangesPolicy:\n[\s\S]*?\n\n/.exec(read(least, 'infra/bootstrap.yaml'))![0];
  expect(deploy).toContain('ExecuteChangeSet');
  expect(deploy).not.toMatch(/CreateChangeSet|s3:/);
  expect(plan).toContain('CreateChangeSet');
  expect(plan).not.toMatch(/ExecuteChangeSet|UpdateStack/);
});

it('lets a plan look up a network only where parameters name one', () => {
  expect(read(existing, 'infra/bootstrap.yaml')).toContain('Action: [ec2:DescribeSubnets, ec2:DescribeVpcs]');
  expect(read(least, 'infra/bootstrap.yaml')).not.toContain('ec2:');
});
