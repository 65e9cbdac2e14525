/** What is emitted and kept under `test/golden/`: few cases, chosen so that together they reach every template. */

export interface GoldenCase {
  /** Its folder, and so the project's name. */
  name: string;
  /** What it is there to show. */
  shows: string;
  /** Flags of the CLI; paths are relative to `test/fixtures/`. */
  flags: readonly string[];
}

export const cases: readonly GoldenCase[] = [
  { name: 'orders', shows: 'the least one can answer: a name', flags: [] },
  {
    name: 'shop',
    shows: 'two workloads, each with a sample',
    flags: ['--workload', 'orders', '--workload', 'billing'],
  },
  {
    name: 'market',
    shows: 'two workloads from protos that import each other, and files of Google',
    flags: [
      '--workload=orders=valid/cross-folder-imports/protos/acme/orders',
      '--workload=library=valid/google-api/library/v1/library.proto',
    ],
  },
  {
    name: 'hostile',
    shows: 'services, methods and messages named like words of JavaScript and of clients',
    flags: ['--proto', 'valid/hostile-names'],
  },
  {
    name: 'ledger',
    shows: 'the least that ecs-alb needs: a region and a domain',
    flags: ['--target', 'ecs-alb', '--region', 'eu-west-1', '--domain', 'grpc.example.com'],
  },
  {
    name: 'depot',
    shows: 'ecs-alb with everything on: three workloads, one of more services than a rule holds, with secrets',
    flags: [
      '--config=answers/depot.json',
      '--workload=fleet=valid/nested-packages',
      '--workload=fleet=valid/several-services',
      '--workload=library=valid/google-api/library/v1/library.proto',
      '--workload=greeter=valid/greeter',
    ],
  },
  {
    name: 'atlas',
    shows: 'ecs-alb in a network that is there, with what is on by default off',
    flags: [
      ...['--target=ecs-alb', '--region=us-east-1', '--domain=atlas.example.com', '--zone=example.com'],
      ...['--network=existing', '--environment=prod', '--logs=awslogs', '--no-reflection'],
      ...['--workload=maps', '--workload=tiles'],
    ],
  },
  {
    name: 'forge',
    shows: 'ecs-alb in CloudFormation, in a network of its own, with alarms',
    flags: [
      ...['--target=ecs-alb', '--iac=cloudformation', '--region=eu-central-1', '--domain=forge.example.com'],
      ...['--alarms', '--workload=anvil', '--workload=bellows'],
    ],
  },
  {
    name: 'harbor',
    shows: 'the least that ecs-nlb-nginx needs: TLS that ends at the load balancer, in Terraform',
    flags: ['--target', 'ecs-nlb-nginx', '--region', 'eu-west-1', '--domain', 'grpc.example.com'],
  },
  {
    name: 'canal',
    shows:
      'ecs-nlb-nginx in CloudFormation with everything on, inside a network that is there, without TLS, on an older nginx',
    flags: ['--config=answers/canal.json', '--workload=locks', '--workload=boats', '--workload=tolls'],
  },
  {
    name: 'delta',
    shows: 'ecs-nlb-nginx in Terraform with telemetry, alarms and two workloads, and what is on by default off',
    flags: [
      ...['--target=ecs-nlb-nginx', '--region=us-east-1', '--domain=delta.example.com', '--environment=prod'],
      ...['--telemetry', '--alarms', '--logs=awslogs', '--no-reflection', '--workload=silt', '--workload=reeds'],
    ],
  },
  { name: 'parcel', shows: 'pnpm instead of npm', flags: ['--package-manager', 'pnpm'] },
  { name: 'quarry', shows: 'Yarn instead of npm', flags: ['--package-manager', 'yarn'] },
];
