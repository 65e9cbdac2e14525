import { describe, expect, it } from 'vitest';
import type { Contract } from '../../src/contract/contract.ts';
import { UserError } from '../../src/errors.ts';
import { render } from '../../src/render/render.ts';
import type { FullSpec } from '../../src/spec/fill-settings.ts';
import { specSchema } from '../../src/spec/schema.ts';
import { albQuotas, countRules } from '../../src/targets/alb-rules.ts';
import { templates } from '../golden/render-answers.ts';
import { ecsAlbSpecs } from './ecs-alb-specs.ts';

const [least] = ecsAlbSpecs[0]!.slice(1) as [FullSpec];

/** A repo with so many services in each workload, refused or not by the door that every other one goes through. */
function refusalOf(services: Readonly<Record<string, readonly string[]>>, changes: Partial<FullSpec> = {}) {
  const workloads = Object.keys(services).map((name) => ({ name, protos: [name], cpu: 256 as const, memory: 512 }));
  const contract: Contract = {
    services: Object.entries(services).flatMap(([workload, names]) =>
      names.map((fullName) => {
        const name = fullName.split('.').at(-1)!;
        return {
          name,
          fullName,
          package: fullName.slice(0, -name.length - 1),
          file: `${workload}/a.proto`,
          methods: [],
        };
      }),
    ),
  };
  try {
    render({ spec: { ...least, workloads, ...changes }, contract, templates });
  } catch (error) {
    if (!(error instanceof UserError)) throw error;
    expect(error.code).toBe(1);
    return error.faults;
  }
  return [];
}

function nameServices(count: number, prefix = 'a'): string[] {
  return Array.from({ length: count }, (_, index) => `${prefix}.v1.S${index}`);
}

describe('a service whose path is longer than a rule takes', () => {
  const name = `a.${'S'.repeat(123)}`;

  it('is taken with 128 characters', () => {
    expect(`/${name}/*`).toHaveLength(128);
    expect(refusalOf({ orders: [name] })).toStrictEqual([]);
  });

  it('is refused with one more, by its name, and told how long it may be', () => {
    expect(refusalOf({ orders: [`${name}S`, 'a.B'] })).toStrictEqual([
      {
        at: 'orders/a.proto',
        message: `declares the service "${name.slice(0, 80)}"… (126 characters), whose path /package.Service/* has 129: a rule of an Application Load Balancer takes 128`,
        hint: 'Shorten its package or its name: both and the dot may have 125 characters.',
      },
    ]);
  });

  it('is served elsewhere than behind a load balancer', () => {
    expect(refusalOf({ orders: [`${name}S`] }, { target: 'local' })).toStrictEqual([]);
  });
});

describe('rules', () => {
  it('hold five services of one workload each, and reflection takes two places in those of the first', () => {
    expect(countRules([['a', 'b', 'c', 'd', 'e'], ['f']])).toBe(2);
    expect(refusalOf({ orders: nameServices(498) })).toStrictEqual([]);
    expect(refusalOf({ orders: nameServices(500) }, { reflection: false })).toStrictEqual([]);
  });

  it('are refused above a hundred, with the numbers and the way out', () => {
    expect(refusalOf({ orders: nameServices(499) })).toStrictEqual([
      {
        message:
          'its 501 routes, two of them reflection’s, need 101 rules of an Application Load Balancer, which has 100: five routes to a rule, all of one workload',
        hint: 'Serve related workloads as one, or split the API into two repos; --no-reflection saves two routes.',
      },
    ]);
    const [first] = refusalOf({ orders: nameServices(1), billing: nameServices(496, 'b') }, { reflection: false });
    expect(first?.message).toBe(
      'its 497 routes need 101 rules of an Application Load Balancer, which has 100: five routes to a rule, all of one workload',
    );
    expect(first?.hint).toBe('Serve related workloads as one, or split the API into two repos.');
  });
});

it('a workload without a service is refused: its target group would have no load balancer', () => {
  expect(refusalOf({ orders: ['a.B'], billing: [] })).toStrictEqual([
    {
      message:
        'the workload billing serves no service, so no rule leads to its target group, and ECS refuses a service behind such a group',
      hint: 'Declare a service in proto/billing, or leave the workload out.',
    },
  ]);
});

it('every fault is told at once', () => {
  expect(refusalOf({ orders: [`a.${'S'.repeat(200)}`, ...nameServices(500)], billing: [] })).toHaveLength(3);
});

it('no Spec has more workloads than a load balancer has target groups', () => {
  expect(specSchema.properties?.workloads?.maxItems).toBe(albQuotas.targetGroups);
});
