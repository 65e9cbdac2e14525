/** The repos whose plans are proven: those of the target's own tests, one of them with more services than a rule holds. */

import type { Contract, ProtoFile } from '../../src/contract/contract.ts';
import { parseContract } from '../../src/contract/parse-contract.ts';
import { sampleContract } from '../../src/contract/sample.ts';
import { render } from '../../src/render/render.ts';
import type { FullSpec } from '../../src/spec/fill-settings.ts';
import { ecsAlb } from '../../src/targets/ecs-alb.ts';
import type { Target } from '../../src/targets/target.ts';
import type { Topology } from '../../src/topology/model.ts';
import { templates } from '../golden/render-answers.ts';
import { ecsAlbSpecs } from '../targets/ecs-alb-specs.ts';
import { secretValue } from './secret-value.ts';
import type { World } from './start-moto.ts';

export interface PlanCase {
  key: CaseKey;
  title: string;
  target: Target;
  spec: FullSpec;
  contract: Contract;
  topology: Topology;
  /** Everything emitted, by path. */
  files: ReadonlyMap<string, string>;
  world: World;
}

const keys = ['least', 'full', 'existing'] as const;
export type CaseKey = (typeof keys)[number];

function describeCase(target: Target, key: CaseKey, title: string, given: FullSpec): PlanCase {
  const names = given.workloads.map(({ name }) => name);
  const spec = key === 'full' ? widen(given) : given;
  const rendering = { spec, contract: sampleContract(names), templates, samples: new Set(names) };
  // The samples' own protos come with the first rendering; the Contract is what all protos together say.
  const samples = [...render(rendering)]
    .filter(([path]) => path.startsWith('proto/'))
    .map(([path, { text }]): ProtoFile => ({ path: path.slice('proto/'.length), text }));
  const contract = parseContract(key === 'full' ? [...samples, manyServices] : samples);
  const tree = render({ ...rendering, contract, samples: new Set() });
  return {
    key,
    title,
    target,
    spec,
    contract,
    topology: target.derive(spec, contract),
    files: new Map([...tree].map(([path, { text }]) => [path, text])),
    world: describeWorld(spec),
  };
}

/** With reflection nine services in one workload: two rules, one of them not full. */
const manyServices: ProtoFile = {
  path: 'acme/orders/v2/orders.proto',
  text: [
    'syntax = "proto3";',
    'package acme.orders.v2;',
    'message Nothing {}',
    ...['Carts', 'Invoices', 'Orders', 'Refunds', 'Returns', 'Shipments'].map(
      (name) => `service ${name} { rpc Get(Nothing) returns (stream Nothing); }`,
    ),
  ].join('\n'),
};

/** One for each key, in their order. */
export function describeCases(target: Target, specs: readonly (readonly [string, FullSpec])[]): PlanCase[] {
  return specs.map(([title, spec], index) => describeCase(target, keys[index]!, title, spec));
}

export const planCases: readonly PlanCase[] = describeCases(ecsAlb, ecsAlbSpecs);

function widen(spec: FullSpec): FullSpec {
  const [first, ...others] = spec.workloads;
  return { ...spec, workloads: [{ ...first!, protos: [...first!.protos, 'acme/orders'] }, ...others] };
}

function describeWorld({ name, region, zone, dns, network, environments, workloads }: FullSpec): World {
  const told = workloads.flatMap(({ secrets = {} }) => Object.values(secrets));
  const held = (from: string, prefix: string) =>
    Object.fromEntries(
      told
        .filter((secret) => secret.from === from)
        .flatMap((secret) =>
          environments.map((environment) => [`${prefix}${name}/${environment}/${secret.name}`, secretValue]),
        ),
    );
  return {
    region,
    zone: dns === 'existing' ? zone : null,
    secrets: held('secretsmanager', ''),
    parameters: held('ssm', '/'),
    network: network === 'existing',
  };
}
