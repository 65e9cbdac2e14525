/** What a plan refuses, each with a sentence that says what to do: answers and edits that AWS would take badly, or late. */
import type { Edit } from './fact.ts';
import type { CaseKey } from './plan-cases.ts';

export interface Refusal {
  /** What is wrong. */
  wrong: string;
  edit: Edit;
  /** A part of what Terraform says; its lines are broken anywhere. */
  says: string;
}

export interface RefusedPlan {
  in: CaseKey;
  refusals: readonly Refusal[];
}

const production = 'environments/prod.tfvars';

/** What one plan can refuse together: values of variables come before everything else. */
/** Answers that no target takes. */
export const refusedAnswers: readonly RefusedPlan[] = [
  {
    in: 'least',
    refusals: [
      {
        wrong: 'a hostname outside the zone',
        edit: { file: production, from: 'hostname = "grpc.example.com"', to: 'hostname = "grpc.example.org"' },
        says: 'The hostname must lie in the zone of settings.tf.',
      },
      {
        wrong: 'a tag that is no commit',
        edit: { file: 'variables.tf', from: '^[0-9a-f]{40}$', to: '^[0-9a-f]{41}$' },
        says: 'The full hash of a commit: git rev-parse HEAD',
      },
      {
        wrong: 'more tasks at least than at most',
        edit: { file: production, from: 'scale = { min = 3, max = 12 }', to: 'scale = { min = 3, max = 2 }' },
        says: '1 <= min <= max.',
      },
      {
        wrong: 'an environment whose name AWS would not take everywhere',
        edit: { file: production, from: 'environment = "prod"', to: 'environment = "Prod"' },
        says: '1 to 16 lower-case letters and digits, a letter first.',
      },
      {
        wrong: 'one zone',
        edit: { file: production, from: 'zones = 3', to: 'zones = 1' },
        says: '2 or 3.',
      },
      {
        wrong: 'no way out for tasks that need one',
        edit: { file: production, from: 'nat = "zonal"', to: 'nat = "none"' },
        says: 'Without NAT, interface_endpoints must hold ecr.api, ecr.dkr and logs: tasks could not start.',
      },
    ],
  },
  {
    in: 'least',
    refusals: [
      {
        wrong: 'a zone that the account has not',
        edit: {
          file: production,
          from: 'zones = 3',
          to: 'zones = 3\nzone_names = ["eu-west-1a", "eu-west-1b", "eu-west-1f"]',
        },
        says: 'zones = 3, zone_names = eu-west-1a, eu-west-1b, eu-west-1f: in eu-west-1 this account has eu-west-1a, eu-west-1b, eu-west-1c.',
      },
    ],
  },
];

export const refusedPlans: readonly RefusedPlan[] = [
  ...refusedAnswers,
  {
    in: 'full',
    refusals: [
      {
        wrong: 'a server that is not noticed before it drains',
        edit: { file: 'timings.tf', from: 'pre_stop = 12', to: 'pre_stop = 9' },
        says: 'health_interval * unhealthy < pre_stop',
      },
      {
        wrong: 'a stop that Fargate does not wait for',
        edit: { file: 'timings.tf', from: 'stop = 40 #', to: 'stop = 130\n    #' },
        says: 'pre_stop + drain + flush < stop <= 120',
      },
      {
        wrong: 'a path that is too long for a rule',
        edit: {
          file: 'settings.tf',
          from: '"orders.v1.OrdersService",',
          to: `"orders.v1.OrdersService", "a.${'b'.repeat(130)}",`,
        },
        says: 'A path in a rule may have 128 characters; the longest of these has more',
      },
    ],
  },
  {
    in: 'full',
    refusals: [
      {
        wrong: 'more services than a load balancer has rules for',
        edit: {
          file: 'settings.tf',
          from: 'services = [ "payments.v1.PaymentsService", ]',
          to: `services = [${Array.from({ length: 500 }, (_, index) => `"many.v${index}.Service"`).join(', ')}]`,
        },
        says: 'A load balancer has 100 rules, five services each; these need',
      },
      {
        wrong: 'a service that two workloads serve',
        edit: {
          file: 'settings.tf',
          from: '"ledger.v1.LedgerService",',
          to: '"ledger.v1.LedgerService", "orders.v1.OrdersService",',
        },
        says: 'A service leads to one workload; in settings.tf one stands twice.',
      },
    ],
  },
];
