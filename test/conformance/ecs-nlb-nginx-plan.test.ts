import { ecsNlbNginx } from '../../src/targets/ecs-nlb-nginx.ts';
import { ecsNlbNginxSpecs } from '../targets/ecs-nlb-nginx-specs.ts';
import { describePredecessorsOfNlb, factsOfNlb } from './facts-of-nlb.ts';
import { describeCases } from './plan-cases.ts';
import { type RefusedPlan, refusedAnswers } from './refusals.ts';
import { testPlans } from './test-plans.ts';

const timings = 'timings.tf';

const refusedPlans: readonly RefusedPlan[] = [
  ...refusedAnswers,
  {
    in: 'full',
    refusals: [
      {
        wrong: 'nginx that takes no connections before anybody has noticed that it stops',
        edit: { file: timings, from: 'hop_pre_stop = 12', to: 'hop_pre_stop = 9' },
        says: 'health_interval * unhealthy < hop_pre_stop',
      },
      {
        wrong: 'a server that is gone before nginx has finished',
        edit: { file: timings, from: ' pre_stop = 30', to: '\n    pre_stop = 20' },
        says: 'hop_pre_stop + hop_drain <= pre_stop',
      },
      {
        wrong: 'a task that is stopped while the load balancer still sends to it',
        edit: { file: timings, from: 'deregistration = 120', to: 'deregistration = 60' },
        says: 'removal <= deregistration',
      },
      {
        wrong: 'an idle time that a TLS listener cannot have',
        edit: { file: timings, from: 'edge_idle = 350', to: 'edge_idle = 600' },
        says: 'edge_idle == 350',
      },
      {
        wrong: 'containers that reserve more memory than their task has',
        edit: {
          file: 'settings.tf',
          from: '"payments" = { cpu = 256 memory = 256',
          to: '"payments" = {\n      cpu = 256\n      memory = 8192',
        },
        says: 'The containers reserve more memory than the task has',
      },
      {
        wrong: 'more containers than a task can have',
        edit: {
          file: 'sidecars.tf',
          from: 'concat(local.log_routers[name], local.collectors[name])',
          to: 'concat(local.log_routers[name], [for index in range(6) : merge(local.collectors[name][0], { name = "collector-${index}" })])',
        },
        says: 'A task has ten containers: nginx, a server for each workload, and sidecars.',
      },
    ],
  },
];

testPlans({
  id: 'ecs-nlb-nginx',
  cases: describeCases(ecsNlbNginx, ecsNlbNginxSpecs),
  specs: 'test/targets/ecs-nlb-nginx-specs.ts',
  factsOf: factsOfNlb,
  refusedPlans,
  replaced: { in: 'least', describeState: describePredecessorsOfNlb },
});
