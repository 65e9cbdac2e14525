import { describe, expect, it } from 'vitest';
import type { Contract } from '../../src/contract/contract.ts';
import { sampleContract, samplePath } from '../../src/contract/sample.ts';
import { UserError } from '../../src/errors.ts';
import { render } from '../../src/render/render.ts';
import type { FullSpec } from '../../src/spec/fill-settings.ts';
import { albEdge } from '../../src/targets/ecs-alb.ts';
import { nlbEdge } from '../../src/targets/ecs-nlb-nginx.ts';
import { countResources, templateQuotas } from '../../src/targets/template-rules.ts';
import { parseTemplate } from '../conformance/cloudformation/template.ts';
import { templates } from '../golden/render-answers.ts';
import { ecsAlbSpecs } from './ecs-alb-specs.ts';
import { ecsNlbNginxSpecs } from './ecs-nlb-nginx-specs.ts';

const repos = [...ecsAlbSpecs, ...ecsNlbNginxSpecs];
const printed = repos.map(
  ([title, spec]) => [spec.target, title, { ...spec, iac: 'cloudformation' as const }] as const,
);

describe.for(printed)('of %s, %s', ([, , spec]) => {
  const names = spec.workloads.map(({ name }) => name);
  const contract = sampleContract(names);
  const template = parseTemplate(render({ spec, contract, templates }).get('infra/service.yaml')!.text);

  it('counts as many resources as the template has', () => {
    const edge = [albEdge, nlbEdge].find(({ id }) => id === spec.target)!;
    expect(countResources(spec, contract, edge)).toBe(Object.keys(template.Resources ?? {}).length);
  });

  it('leaves room for 180 secrets among its parameters', () => {
    const names = Object.keys(template.Parameters ?? {}).filter((name) => !/^Secret.*[0-9a-f]{8}$/.test(name));
    expect(names.length).toBeLessThanOrEqual(20);
  });
});

describe('what CloudFormation would refuse is refused before', () => {
  const [, , full] = printed[1]!;

  it('too many resources', () => {
    const names = Array.from({ length: 28 }, (_, index) => `w${index}`);
    expect(refusalOf(grow(full, names), sampleContract(names))).toMatch(
      /^its 28 workloads need \d+ resources of a CloudFormation template, which has 500$/,
    );
    expect(refusalOf({ ...grow(full, names), alarms: false }, sampleContract(names))).toBeUndefined();
  });

  it('too many secrets whose ARNs have to be told', () => {
    const secrets = Object.fromEntries(
      Array.from({ length: 181 }, (_, index) => [
        `KEY_${index}`,
        { from: 'secretsmanager' as const, name: `k${index}` },
      ]),
    );
    const spec = grow(full, ['orders']);
    const [orders] = spec.workloads;
    expect(refusalOf({ ...spec, workloads: [{ ...orders!, secrets }] }, sampleContract(['orders']))).toBe(
      `its secrets need 201 parameters of a CloudFormation template, which has ${templateQuotas.parameters}`,
    );
  });
});

it('a service more changes no rule of another workload, and no rule that is still full', () => {
  const [, , full] = printed[1]!;
  const before = rulesOf(['a', 'b', 'c', 'd', 'e', 'f']);
  const after = rulesOf(['a', 'b', 'c', 'd', 'e', 'f', 'g']);
  const kept = Object.entries(before).filter(([id]) => id in after);
  expect(kept.length).toBe(Object.keys(before).length - 1);
  for (const [id, rule] of kept) expect(after[id]).toEqual(rule);

  function rulesOf(names: readonly string[]) {
    const spec = { ...grow(full, ['orders', 'payments']), reflection: false };
    const more = names.map((name) => {
      return { name, fullName: name, package: '', file: `${samplePath('orders')}/x.proto`, methods: [] };
    });
    const contract: Contract = { services: [...more, ...sampleContract(['payments']).services] };
    const template = parseTemplate(render({ spec, contract, templates }).get('infra/service.yaml')!.text);
    return Object.fromEntries(Object.entries(template.Resources ?? {}).filter(([id]) => /Rule[0-9a-f]{8}$/.test(id)));
  }
});

function grow(spec: FullSpec, names: readonly string[]): FullSpec {
  const [{ cpu, memory } = { cpu: 256 as const, memory: 1024 }] = spec.workloads;
  return { ...spec, workloads: names.map((name) => ({ name, protos: [samplePath(name)], cpu, memory })) };
}

/** The first of its sentences. */
function refusalOf(spec: FullSpec, contract: Contract): string | undefined {
  try {
    render({ spec, contract, templates });
    return undefined;
  } catch (error) {
    if (!(error instanceof UserError)) throw error;
    return error.faults[0]!.message;
  }
}
