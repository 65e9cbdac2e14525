/** What the runbook tells only those who need it. */
import { expect, it } from 'vitest';
import type { FullSpec } from '../../src/spec/fill-settings.ts';
import { renderSamples } from '../golden/render-answers.ts';
import { ecsAlbSpecs } from './ecs-alb-specs.ts';

const [least, full, existing] = ecsAlbSpecs.map(([, spec]) => spec) as [FullSpec, FullSpec, FullSpec];
const single = { ...existing, environments: ['prod'] };

it('asks for each secret that the first deploy looks for, in every environment, and for no other', () => {
  const loop = (name: string, command: string) =>
    [
      '```sh',
      'for env in dev staging prod; do',
      `  printf '${name} for %s: ' "$env"`,
      '  read -rs value && echo',
      `  ${command}`,
      '  unset value',
      'done',
      '```',
    ].join('\n');
  const section = readFirstDeploy(full);
  expect(section.match(/read -rs/g)).toHaveLength(2);
  expect(section).toContain(
    loop(
      'api-key',
      'aws ssm put-parameter --type SecureString --name "/shop/$env/api-key" --value "$value" --query Version',
    ),
  );
  expect(section).toContain(
    loop('db/url', 'aws secretsmanager create-secret --name "shop/$env/db/url" --secret-string "$value" --query Name'),
  );
  expect(readFirstDeploy(least)).not.toContain('read -rs');
});

it('says how a network is found where there is one already', () => {
  expect(readFirstDeploy(existing)).toContain('aws ec2 describe-vpcs');
  expect(readFirstDeploy(least)).not.toContain('aws ec2');
});

it('says where clients have to be if the load balancer is internal', () => {
  for (const words of ['Through a VPN', '`allowed_cidrs`', 'AWS CloudShell', '--data-binary @- https://dev.grpc.']) {
    expect(readRunbook(full)).toContain(words);
    expect(readRunbook(least)).not.toContain(words);
  }
});

it('lists services only where reflection answers', () => {
  expect(readRunbook(least)).toContain('grpcurl "$(tf output -raw endpoint)" list');
  expect(readRunbook(existing)).not.toContain('" list');
});

it('tells who hears of alarms only where there are any', () => {
  expect(readRunbook(full)).toContain('\n## Hear of alarms\n');
  expect(readRunbook(least)).not.toContain('arms](#hear-of-alarms)');
  expect(readRunbook(least)).not.toContain('alarm_emails');
});

it('names each alarm that there is, and no other', () => {
  const tree = renderSamples(full);
  const files = ['infra/alarms.tf', 'infra/edge-alarms.tf'].map((path) => tree.get(path)!.text);
  const alarms = files.join('\n').matchAll(/(?:alarm_name +=|=>) "\$\{local\.name\}(?:-\$\{[a-z.]+\})?-([a-z0-9-]+)"/g);
  const named = readRunbook(full).matchAll(/^\| `…-(.+?)` \|/gm);
  const names = new Set([...alarms].map(([, name]) => name));
  expect(new Set([...named].map(([, name]) => name))).toStrictEqual(names);
  expect(names).toContain('faults');
});

it('asks an account for as much as the environments take', () => {
  const quotas = (spec: FullSpec) => readRunbook(spec).match(/^What is asked of the account: (.+?)\. A new/m)?.[1];
  expect(quotas(least)).toBe(
    '1.75 vCPU of Fargate for what always runs and a rollout, 6.5 when everything is scaled out; 4 Elastic IPs, one for each NAT gateway; 2 VPCs beside those that are there',
  );
  expect(quotas(single)).toBe('3 vCPU of Fargate for what always runs and a rollout, 12 when everything is scaled out');
});

it('does not speak of environments where there is one', () => {
  expect(readRunbook(single)).toContain('`$ENV` is the environment; there is one, `prod`.');
  expect(readRunbook(single)).not.toContain('`prod` or');
  expect(readRunbook(single)).toContain('then applies to `prod`.');
});

it.each([least, full, existing, single])('has every section that a link of it or of the README leads to', (spec) => {
  const runbook = readRunbook(spec);
  const sections = new Set([...runbook.matchAll(/^#+ (.+)$/gm)].map(([, title = '']) => nameAnchor(title)));
  const readme = renderSamples(spec).get('README.md')!.text;
  const own = [...runbook.matchAll(/\]\(#([^)]+)\)/g)];
  const links = [...own, ...readme.matchAll(/\]\(docs\/runbook\.md#([^)]+)\)/g)].map(([, anchor]) => anchor!);
  expect(links.length).toBeGreaterThan(20);
  expect(links.filter((anchor) => !sections.has(anchor))).toStrictEqual([]);
  const opening = runbook.slice(0, runbook.indexOf('\n## '));
  const parts = /^(?:every-day|every-other-day|from-an-empty-account-to-the-first-rpc|runbook)$/;
  const unlisted = [...sections].filter((anchor) => !opening.includes(`(#${anchor})`) && !parts.test(anchor));
  expect(unlisted).toStrictEqual([]);
});

/** As GitHub does. */
function nameAnchor(title: string): string {
  return title
    .toLowerCase()
    .replace(/[^\p{L}\p{N} _-]/gu, '')
    .replaceAll(' ', '-');
}

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
