/** What the runbook tells only those who need it. */
import { expect, it } from 'vitest';
import type { FullSpec } from '../../src/spec/fill-settings.ts';
import { renderSamples } from '../golden/render-answers.ts';
import { ecsAlbSpecs } from './ecs-alb-specs.ts';

const [least, full, existing] = ecsAlbSpecs.map(([, spec]) => spec) as [FullSpec, FullSpec, FullSpec];

it('has a command for each secret that the first deploy looks for, and for no other', () => {
  const commands = readFirstDeploy(full).match(/^read -rs value && aws .*$/gm);
  expect(commands).toEqual([
    'read -rs value && aws ssm put-parameter --type SecureString --name "/shop/$ENV/api-key" --value "$value" --query Version',
    'read -rs value && aws secretsmanager create-secret --name "shop/$ENV/db/url" --secret-string "$value" --query Name',
  ]);
  expect(readFirstDeploy(least)).not.toContain('read -rs');
});

it('says how a network is found where there is one already', () => {
  expect(readFirstDeploy(existing)).toContain('aws ec2 describe-vpcs');
  expect(readFirstDeploy(least)).not.toContain('aws ec2');
});

it('says where clients have to be if the load balancer is internal', () => {
  expect(readRunbook(full)).toContain('through a VPN');
  expect(readRunbook(least)).not.toContain('through a VPN');
});

function readFirstDeploy(spec: FullSpec): string {
  return (
    readRunbook(spec)
      .split('\n### ')
      .find((section) => section.startsWith('4. ')) ?? ''
  );
}

function readRunbook(spec: FullSpec): string {
  return renderSamples(spec).get('docs/runbook.md')?.text ?? '';
}
