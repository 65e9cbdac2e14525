import { expect, it } from 'vitest';
import { sampleContract } from '../../src/contract/sample.ts';
import { render } from '../../src/render/render.ts';
import type { Spec } from '../../src/spec/spec.ts';
import { chooseRanges } from '../../src/targets/network-ranges.ts';
import { templates } from '../golden/render-answers.ts';
import { ecsAlbSpecs } from './ecs-alb-specs.ts';
import { ecsNlbNginxSpecs } from './ecs-nlb-nginx-specs.ts';

const terraform = 'vpc_cidr = "10.7.0.0/16"\n';
const parameters = JSON.stringify({ Parameters: { Environment: 'dev', VpcCidr: '10.7.0.0/16' } });

it.each([
  ['tfvars', terraform],
  ['json', parameters],
  ['json', JSON.stringify(JSON.parse(parameters), null, 2)],
])('an environment keeps the range that its .%s says, and no other takes it', (ending, text) => {
  const earlier = (name: string) => new Map([[`infra/environments/${name}.${ending}`, [text]]]);
  expect([...chooseRanges(['dev', 'prod'], earlier('dev'))]).toEqual([
    ['dev', '10.7.0.0/16'],
    ['prod', '10.0.0.0/16'],
  ]);
  const others = [
    ...chooseRanges(
      Array.from({ length: 20 }, (_, index) => `e${index}`),
      earlier('theirs'),
    ).values(),
  ];
  expect(others).not.toContain('10.7.0.0/16');
  expect(new Set(others).size).toBe(20);
});

it('what is nobody’s range yet takes none', () => {
  const empty = new Map([['infra/environments/dev.json', [JSON.stringify({ Parameters: { VpcCidr: '' } })]]]);
  expect(chooseRanges(['dev'], empty).get('dev')).toBe('10.0.0.0/16');
});

it.each(
  [ecsAlbSpecs[0]!, ecsNlbNginxSpecs[0]!].flatMap(([, spec]) =>
    (['terraform', 'cloudformation'] as const).map((iac) => [spec.target, iac, spec] as const),
  ),
)('%s: ranges stay when %s changes to the other language', (_target, iac, spec) => {
  const other = iac === 'terraform' ? 'cloudformation' : 'terraform';
  const names = spec.workloads.map(({ name }) => name);
  const renderAs = (given: Spec, earlier?: ReadonlyMap<string, readonly string[]>) =>
    render({ spec: given, contract: sampleContract(names), templates, ...(earlier && { earlier }) });
  const ending = { terraform: 'tfvars', cloudformation: 'json' };
  const path = (name: string, language: keyof typeof ending) => `infra/environments/${name}.${ending[language]}`;
  // The environments changed places, so that a new repo would have other ranges.
  const before = renderAs({ ...spec, iac, environments: ['staging', 'prod', 'dev'] });
  const earlier = new Map([...before].map(([file, { text }]) => [file, [text]]));
  const after = renderAs({ ...spec, iac: other, environments: ['dev', 'staging', 'prod'] }, earlier);
  const rangeIn = (text: string | undefined) => /10\.\d+\.0\.0\/16/.exec(text ?? '')?.[0];
  for (const name of ['dev', 'staging', 'prod']) {
    const [then, now] = [before.get(path(name, iac)), after.get(path(name, other))].map((file) => rangeIn(file?.text));
    expect([name, now]).toEqual([name, then]);
    expect(now).toBeDefined();
  }
});
