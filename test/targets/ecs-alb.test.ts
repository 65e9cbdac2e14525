import { describe, expect, it } from 'vitest';
import { parse } from 'yaml';
import type { FullSpec } from '../../src/spec/fill-settings.ts';
import { renderSamples } from '../golden/render-answers.ts';
import { ecsAlbSpecs } from './ecs-alb-specs.ts';

const least = ecsAlbSpecs[0]![1];

function textOf(path: string, changes: Partial<FullSpec>): string {
  return renderSamples({ ...least, ...changes }).get(path)!.text;
}

describe.each(['existing', 'create'] as const)('a hosted zone that is said to be %s', (dns) => {
  const zone = textOf('infra/bootstrap/zone.tf', { dns });
  const runbook = textOf('docs/runbook.md', { dns });

  it('is looked up or made, never both', () => {
    expect(zone.includes('\ndata "aws_route53_zone" "this"')).toBe(dns === 'existing');
    expect(zone.includes('\nresource "aws_route53_zone" "this"')).toBe(dns === 'create');
  });

  it('gives the other files the same two names', () => {
    expect(zone.match(/^ {2}(?:zone_arn|name_servers) +=/gm)).toHaveLength(2);
  });

  it('is not destroyed, neither by itself nor by saying that it is there already', () => {
    expect(zone).toMatch(dns === 'create' ? 'prevent_destroy = true' : /^removed \{\n[^}]*destroy = false/m);
  });

  it('is led to by the runbook: where it comes from, and that it is delegated', () => {
    expect(runbook).toContain('[?Name==`"example.com."` && Config.PrivateZone==`false`].Id');
    expect(runbook).toContain('terraform -chdir=infra/bootstrap output name_servers\n');
    expect(runbook).toContain('dig +short NS example.com\n');
    const making = ['Step 1 made the hosted zone `example.com`.', 'import aws_route53_zone.this', '`zone.tf`'];
    for (const words of making) expect(runbook.includes(words)).toBe(dns === 'create');
    expect(runbook.includes('aws route53 create-hosted-zone --name example.com ')).toBe(dns === 'existing');
  });
});

it('names nothing in the runbook that AWS’s limits would shorten: those are asked of Terraform', () => {
  const name = 'a'.repeat(63);
  const runbook = textOf('docs/runbook.md', { name });
  expect(runbook).not.toContain(`${name}-$ENV-`);
  expect(runbook).not.toContain(`${name}-tfstate`);
  expect(runbook).not.toContain('describe-load-balancers --names');
  const outputs = ['outputs', 'access-logs'].map((file) => textOf(`infra/${file}.tf`, { name })).join('\n');
  for (const output of ['access_logs', 'load_balancer', 'target_groups', 'endpoint', 'image_tag'])
    expect(outputs).toContain(`output "${output}" {`);
});

describe('names that somebody may give', () => {
  const environments = ['bootstrap', 'plan', 'images', 'prod'];

  it('are no job of the workflow twice, and each deploy waits for the one before', () => {
    const { jobs } = parse(textOf('.github/workflows/deploy.yml', { environments }), { uniqueKeys: true }) as {
      jobs: Record<string, { needs?: string }>;
    };
    expect(Object.entries(jobs).map(([job, { needs }]) => [job, needs])).toStrictEqual([
      ['plan', undefined],
      ['images', undefined],
      ['deploy-bootstrap', 'images'],
      ['deploy-plan', 'deploy-bootstrap'],
      ['deploy-images', 'deploy-plan'],
      ['deploy-prod', 'deploy-images'],
    ]);
  });

  it('are no state twice', () => {
    const files = [
      'infra/bootstrap/backend.hcl',
      ...environments.map((name) => `infra/environments/${name}.backend.hcl`),
    ];
    const keys = files.map((file) => /^key += "(.+)"$/m.exec(textOf(file, { environments }))?.[1]);
    expect(keys).toContain('bootstrap.tfstate');
    expect(new Set(keys).size).toBe(files.length);
  });

  it('are no log group twice: those that are no workload’s have a name that none can have', () => {
    const tree = renderSamples({ ...least, telemetry: true });
    const groups = [...tree].flatMap(([path, { text }]) =>
      path.endsWith('.tf') ? [...text.matchAll(/= "\/\$\{local\.project\}\/\$\{var\.environment\}\/(.+)"$/gm)] : [],
    );
    const names = groups.map(([, name]) => name!);
    expect(new Set(names)).toStrictEqual(new Set(['${each.key}', 'metrics/emf', 'network/flow']));
  });
});
