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
];
