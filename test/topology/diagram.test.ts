import { expect, test } from 'vitest';
import type { Contract } from '../../src/contract/contract.ts';
import { targets } from '../../src/targets/targets.ts';
import { describeTopology, drawTopology } from '../../src/topology/diagram.ts';

function contractOf(...names: string[]): Contract {
  return {
    services: names.map((fullName) => ({
      name: fullName.split('.').at(-1)!,
      fullName,
      package: fullName.split('.').slice(0, -1).join('.'),
      file: `${fullName.split('.')[0]}.proto`,
      methods: [],
    })),
  };
}

const shop = targets.local.derive(
  {
    name: 'shop',
    target: 'local',
    workloads: [
      { name: 'orders', protos: ['orders.proto'] },
      { name: 'payments', protos: ['payments.proto'] },
    ],
  },
  contractOf('orders.v1.OrdersService', 'payments.v1.PaymentsService'),
);

test('a Topology is told in sentences, for those who cannot see the picture', () => {
  expect(describeTopology(shop)).toEqual([
    'Clients dial localhost, ports 50051, 50052, 50053 (published ports), which leads to orders.',
    'Clients dial localhost, ports 50061, 50062, 50063 (published ports), which leads to payments.',
    'orders runs 3 replicas and serves orders.v1.OrdersService.',
    'payments runs 3 replicas and serves payments.v1.PaymentsService.',
  ]);
});

test('the picture shows the client, every edge and every workload, and an arrow for every hop', () => {
  const svg = drawTopology(shop);
  expect(svg.match(/<g class="client"/g)).toHaveLength(1);
  expect(svg.match(/<g class="edge"/g)).toHaveLength(2);
  expect(svg.match(/<g class="workload"/g)).toHaveLength(2);
  expect(svg.match(/marker-end/g)).toHaveLength(4);
  for (const sentence of describeTopology(shop)) expect(svg).toContain(sentence);
});

test('a workload with many services names the first six and counts the others', () => {
  const names = Array.from({ length: 9 }, (_, i) => `a.S${i}`);
  const spec = { name: 'a', target: 'local', workloads: [{ name: 'a', protos: ['a.proto'] }] } as const;
  const svg = drawTopology(targets.local.derive(spec, contractOf(...names)));
  expect(svg).toContain('>a.S5<');
  expect(svg).not.toContain('>a.S6<');
  expect(svg).toContain('>and 3 more<');
});

test('proxies are drawn as workloads that lead on', () => {
  const [edge] = shop.edges;
  const [orders, payments] = shop.workloads;
  const proxied = {
    ...payments!,
    containers: [{ name: 'nginx', image: 'nginx', runs: { ...edge!, kind: 'nginx' as const } }],
  };
  const svg = drawTopology({
    edges: [{ ...edge!, backends: [{ ...edge!.backends[0]!, to: { workload: 'payments', port: 1 } }] }],
    workloads: [orders!, proxied],
  });
  const x = (id: string) =>
    Number(new RegExp(`translate\\((\\d+) [\\d.]+\\)"><rect[^>]*/><text[^>]*>${id}<`).exec(svg)?.[1]);
  expect(x('client')).toBeLessThan(x('localhost'));
  expect(x('localhost')).toBeLessThan(x('payments'));
  expect(x('payments')).toBeLessThan(x('orders'));
});
