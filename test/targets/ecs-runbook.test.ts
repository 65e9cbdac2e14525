/** What the runbook tells only those who need it. */
import { expect, it } from 'vitest';
import type { FullSpec } from '../../src/spec/fill-settings.ts';
import { renderSamples } from '../golden/render-answers.ts';
import { ecsAlbSpecs } from './ecs-alb-specs.ts';

const nginx = { target: 'ecs-nlb-nginx', listener: 'tls' } as const;
const stacks = { iac: 'cloudformation' } as const;
/** Both targets in both languages. */
const kinds = { calls: {}, connections: nginx, stacks, stacksOfConnections: { ...nginx, ...stacks } };

const [least, full, existing] = ecsAlbSpecs.map(([, spec]) => spec) as [FullSpec, FullSpec, FullSpec];
const single = { ...existing, environments: ['prod'] };

it.each(Object.values(kinds))('asks for each secret that the first deploy looks for, and for no other: %o', (kind) => {
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
  const section = readFirstDeploy({ ...full, ...kind });
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
  expect(readFirstDeploy({ ...least, ...kind })).not.toContain('read -rs');
});

it('names secrets of Secrets Manager to CloudFormation by their ARN, which no one knows before they are made', () => {
  const section = readFirstDeploy({ ...full, ...stacks });
  const { Parameters } = JSON.parse(renderSamples({ ...full, ...stacks }).get('infra/environments/dev.json')!.text);
  const named = [...section.matchAll(/jq --arg arn "\$arn" '\.Parameters\.(\w+) = \$arn'/g)].map(([, name]) => name);
  expect(named).toEqual(Object.keys(Parameters).filter((name) => name.startsWith('Secret')));
  expect(named).toHaveLength(1);
  expect(section).toContain('describe-secret --secret-id "shop/$env/db/url"');
  expect(readFirstDeploy({ ...least, ...stacks })).not.toContain('$arn');
  expect(readFirstDeploy(full)).not.toContain('$arn');
  expect(readRunbook({ ...least, ...stacks })).toContain('`API_KEY: text()`. One of Secrets Manager is a parameter');
});

it('speaks of no certificate where no TLS ends', () => {
  const plain = { ...nginx, listener: 'tcp' } as const;
  for (const spec of [least, full, existing]) {
    const told = readRunbook({ ...spec, ...plain }).split('\n');
    expect(told.filter((line) => /certificate/i.test(line))).toEqual([
      expect.stringContaining('the listener is plain, has no certificate'),
    ]);
  }
  expect(readRunbook({ ...least, ...plain })).toContain('most of them for the NAT gateway and the load balancer.');
  expect(readRunbook({ ...existing, ...plain })).toContain('most of them for the load balancer.');
  expect(renderSamples({ ...least, ...plain }).get('edge/nginx.conf')!.text).not.toContain('ends at the load balancer');
});

it('says where routes go when images go back', () => {
  expect(readRunbook(least)).toContain("Routes stay today's: ");
  for (const iac of [{}, stacks])
    expect(readRunbook({ ...least, ...nginx, ...iac })).toContain("Routes are in nginx's image and go back too. ");
});

it.each(Object.values(kinds))(
  'has git ignore the logs that it copies, and nothing where there are none: %o',
  (kind) => {
    const copies = readRunbook({ ...least, ...kind }).includes(' access-logs ');
    const ignored = renderSamples({ ...least, ...kind }).get('.gitignore')!.text;
    expect(copies).toBe(!('listener' in kind));
    expect(ignored.includes('\n/access-logs/\n')).toBe(copies);
    expect(ignored).toContain('/node_modules/\n');
  },
);

it.each(Object.values(kinds))('leaves one line free between paragraphs: %o', (kind) => {
  for (const spec of [least, full, existing]) expect(readRunbook({ ...spec, ...kind })).not.toContain('\n\n\n');
});

it('says how a network is found where there is one already', () => {
  expect(readFirstDeploy({ ...existing, ...stacks })).toContain('`VpcId`, `PublicSubnets`, `PrivateSubnets`');
  expect(readFirstDeploy({ ...existing, ...stacks, internal: true })).toContain('`VpcId`, `VpcCidr`, `PrivateSubnets`');
  expect(readFirstDeploy({ ...least, ...stacks })).not.toContain('aws ec2');
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
  expect(readRunbook({ ...least, ...stacks })).toContain('grpcurl "$(told shop-$ENV Endpoint)" list');
});

it('speaks of TLS only where it ends at the load balancer', () => {
  const plain = readRunbook({ ...least, ...nginx, listener: 'tcp' });
  expect(plain).toContain('grpcurl -plaintext "$(tf output -raw endpoint)" list');
  expect(plain).toContain('npm run call -- --address "$(tf output -raw endpoint)"');
  expect(plain).not.toMatch(/--tls|openssl s_client|\*\*The certificate\*\* renews/);
  expect(readRunbook({ ...full, ...nginx, listener: 'tcp' })).toMatch(
    /curl -sv --http2-prior-knowledge .* http:\/\/dev\.grpc/,
  );
  expect(readRunbook({ ...least, ...nginx })).toMatch(/--tls[\s\S]*openssl s_client/);
});

it('tells of nginx only where there is one, and of rules, 464 and access logs only where there is none', () => {
  for (const iac of ['terraform', 'cloudformation'] as const) {
    const [calls, connections] = [readRunbook({ ...full, iac }), readRunbook({ ...full, ...nginx, iac })];
    expect(calls).not.toMatch(/nginx/);
    expect(connections).not.toMatch(/464|access-logs|describe-rules|least_outstanding|AccessBucket|output -raw access/);
    for (const title of ['What nginx says', 'A task that is replaced', 'One task has all the calls'])
      expect(connections).toContain(`\n### ${title}\n`);
    expect(connections).toContain('for image in orders payments ledger edge_nginx; do');
    expect(connections).toContain('--services shop --query');
    expect(calls).toContain('for image in orders payments ledger; do');
    expect(calls).toContain('--services orders --query');
  }
});

it('starts the first deploy even where nothing has to be filled in', () => {
  const section = readFirstDeploy({ ...least, ...stacks });
  expect(section).toContain('git commit --allow-empty');
  expect(section).not.toContain('What is empty');
  expect(readFirstDeploy({ ...existing, ...stacks })).toContain('What is empty in those files');
});

it('clears away what a first stack leaves that cannot go back: its load balancer, and the bucket of one with calls', () => {
  const letGo = 'Key=deletion_protection.enabled,Value=false';
  const bucket = '--logical-resource-id AccessBucket';
  const [calls, connections] = [readRunbook({ ...least, ...stacks }), readRunbook({ ...least, ...nginx, ...stacks })];
  expect([calls.includes(letGo), calls.includes(bucket)]).toEqual([true, true]);
  expect([connections.includes(letGo), connections.includes(bucket)]).toEqual([true, false]);
});

it('speaks of a stack’s certificate only where there is one', () => {
  const kind = { ...nginx, ...stacks };
  expect(readRunbook({ ...least, ...kind })).toContain('### The certificate is not validated');
  expect(readRunbook({ ...least, ...kind, listener: 'tcp' })).not.toMatch(/the-certificate-is|balancer, certificate/);
});

it('names no tool but its own', () => {
  for (const kind of [nginx, {}]) {
    const [states, templates] = [readRunbook({ ...full, ...kind }), readRunbook({ ...full, ...kind, ...stacks })];
    expect(states).not.toMatch(/cloudformation|change set|\btold\b .*Endpoint/i);
    expect(templates).not.toMatch(
      /terraform|tfvars|TF_STATE|\btf \b|vpc_tags|alarm_emails|deletion_protection\b(?!\.)|settings\.tf/i,
    );
  }
});

it('deploys each file that is there, once for the account and once for each environment', () => {
  const spec = { ...full, ...stacks };
  const runbook = readRunbook(spec);
  const files = [...renderSamples(spec).keys()].filter((path) => path.endsWith('bootstrap.yaml'));
  expect(files).toHaveLength(1 + spec.environments.length);
  expect(runbook).toContain(
    'aws cloudformation deploy --stack-name shop-bootstrap --template-file infra/bootstrap.yaml --capabilities CAPABILITY_NAMED_IAM --parameter-overrides CreateOidcProvider=true GithubSubjectPrefix=',
  );
  expect(runbook).toContain(
    'for env in dev staging prod; do\n  aws cloudformation deploy --stack-name "shop-bootstrap-$env" --template-file "infra/environments/$env.bootstrap.yaml" --capabilities CAPABILITY_NAMED_IAM\ndone',
  );
  expect(readRunbook({ ...least, ...stacks })).toMatch(
    /CreateOidcProvider=true HostedZoneId="\$\(aws route53 list-hosted-zones .*\)" GithubSubjectPrefix=/,
  );
});

it('asks stacks for outputs that they have, and for no others', () => {
  for (const kind of [stacks, { ...nginx, ...stacks }]) {
    const spec = { ...full, ...kind };
    const files = renderSamples(spec);
    const outputs = (path: string) => {
      const text = files.get(path)!.text;
      return new Set([...text.slice(text.indexOf('\nOutputs:')).matchAll(/^ {2}(\w+):$/gm)].map(([, name]) => name));
    };
    const asked = [...readRunbook(spec).matchAll(/\$\(told "?(shop-[\w$-]+)"? (\w+)/g)];
    expect(asked.length).toBeGreaterThan(15);
    for (const [, stack, output] of asked) {
      const path = {
        'shop-bootstrap': 'infra/bootstrap.yaml',
        'shop-bootstrap-$env': 'infra/environments/dev.bootstrap.yaml',
        'shop-bootstrap-$ENV': 'infra/environments/dev.bootstrap.yaml',
        'shop-$ENV': 'infra/service.yaml',
      }[stack!];
      expect([stack, output, outputs(path!).has(output)]).toEqual([stack, output, true]);
    }
  }
});

it('tells who hears of alarms only where there are any', () => {
  expect(readRunbook(full)).toContain('\n## Hear of alarms\n');
  expect(readRunbook(least)).not.toContain('arms](#hear-of-alarms)');
  expect(readRunbook(least)).not.toContain('alarm_emails');
});

it('names each alarm that there is, and no other', () => {
  for (const kind of [{}, nginx]) {
    const files = [...renderSamples({ ...full, ...kind })].filter(([path]) => /^infra\/[^/]*\.tf$/.test(path));
    const alarms = files.flatMap(([, { text }]) => [
      ...text.matchAll(/alarm_name +=(?: "|.*=> ")\$\{local\.name\}(?:-\$\{[a-z.]+\})?-([a-z0-9-]+)"/g),
    ]);
    const names = new Set(alarms.map(([, name]) => name));
    for (const iac of ['terraform', 'cloudformation'] as const) {
      const named = readRunbook({ ...full, ...kind, iac }).matchAll(/^\| `…-(.+?)` \|/gm);
      expect(new Set([...named].map(([, name]) => name))).toStrictEqual(names);
    }
    expect(names).toContain('faults');
  }
});

it('asks an account for as much as the environments take', () => {
  const quotas = (spec: FullSpec) => readRunbook(spec).match(/^What is asked of the account: (.+?)\. A new/m)?.[1];
  expect(quotas(least)).toBe(
    '1.75 vCPU of Fargate for what always runs and a rollout, 6.5 when everything is scaled out; 4 Elastic IPs, one for each NAT gateway; 2 VPCs beside those that are there',
  );
  expect(quotas({ ...least, environments: ['prod'] })).toContain('; 1 VPC beside those that are there');
  expect(quotas(single)).toBe('3 vCPU of Fargate for what always runs and a rollout, 12 when everything is scaled out');
});

it('does not speak of environments where there is one', () => {
  expect(readRunbook(single)).toContain('`$ENV` is the environment; there is one, `prod`.');
  expect(readRunbook(single)).not.toContain('`prod` or');
  expect(readRunbook(single)).toContain('then deploys to `prod`.');
});

const everyKind = [least, full, existing, single].flatMap((spec) =>
  Object.values(kinds).map((kind): [string, FullSpec] => [JSON.stringify(kind), { ...spec, ...kind }]),
);

it.each(everyKind)('has every section that a link of it or of the README leads to: %s', (_, spec) => {
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
