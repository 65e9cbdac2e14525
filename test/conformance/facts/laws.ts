/** The laws of the timing chain, each across the resources that a plan spreads its numbers over. */
import type { Fact, Proof } from '../fact.ts';
import { listServers, type Place } from '../places.ts';
import { valueAt } from '../plan.ts';
import { readServer, readVariables } from './tasks.ts';

const tasks = 'tasks.tf';
const edge = 'load-balancer.tf';

export const lawFacts: readonly Fact[] = [
  {
    id: 'laws/noticed-while-serving',
    fact: 'The load balancer notices that a server stops while it still serves',
    source: 'https://github.com/kubernetes-sigs/aws-load-balancer-controller/issues/2366',
    check: eachChain(({ group, server }) =>
      below('interval x unhealthy threshold', group.interval * group.unhealthy, 'PRE_STOP', server.preStop),
    ),
    breaks: [
      {
        file: edge,
        from: 'interval = local.timings.health_interval',
        to: 'interval = 30',
        says: 'unhealthy threshold, 60, is not below PRE_STOP, 12',
        apart: 'laws',
      },
    ],
  },
  {
    id: 'laws/drained-before-killed',
    fact: 'A server has drained, and sent its last traces, before Fargate kills it, which is after 120 s at the latest',
    check: eachChain(({ server }, { timings }) => [
      ...below('PRE_STOP + DRAIN + flush', server.preStop + server.drain + timings.flush, 'stopTimeout', server.stop),
      ...(server.stop <= 120 ? [] : [`stopTimeout is ${server.stop}`]),
    ]),
    breaks: [
      {
        file: tasks,
        from: 'DRAIN = local.timings.drain',
        to: 'DRAIN = 60',
        says: 'flush, 73, is not below stopTimeout, 40',
        apart: 'laws',
      },
    ],
  },
  {
    id: 'laws/calls-kept',
    fact: 'Calls of a task that is taken out are kept until it has drained',
    check: eachChain(({ group, server }) =>
      below(
        'PRE_STOP + DRAIN',
        server.preStop + server.drain,
        'deregistration delay and a second',
        group.deregistration + 1,
      ),
    ),
    breaks: [
      {
        file: edge,
        from: 'deregistration_delay = local.timings.deregistration',
        to: 'deregistration_delay = 20',
        says: 'PRE_STOP + DRAIN, 72, is not below deregistration delay and a second, 21',
        apart: 'laws',
      },
    ],
  },
  {
    id: 'laws/closed-by-the-server',
    fact: 'A quiet connection is closed by the server before the load balancer forgets it; streams may be quiet for 300 s',
    source: 'https://github.com/akka/akka-projection/issues/881',
    check: eachChain(({ server, idle }) => [
      ...below('CONNECTION_IDLE', server.connectionIdle, 'idle_timeout', idle),
      ...(idle >= 300 && idle <= 4000 ? [] : [`idle_timeout is ${idle}`]),
    ]),
    breaks: [
      {
        file: edge,
        from: 'idle_timeout = local.timings.edge_idle',
        to: 'idle_timeout = 60',
        says: 'CONNECTION_IDLE, 240, is not below idle_timeout, 60',
        apart: 'laws',
      },
    ],
  },
  {
    id: 'laws/streams-may-end',
    fact: 'Connections have an end, and what is open then gets at least as long as a drain',
    check: eachChain(({ server }) => [
      ...below('0', 0, 'CONNECTION_AGE', server.connectionAge),
      ...below('DRAIN', server.drain, 'CONNECTION_AGE_GRACE and a second', server.connectionAgeGrace + 1),
    ]),
    breaks: [
      {
        file: tasks,
        from: 'CONNECTION_AGE = local.timings.connection_age',
        to: 'CONNECTION_AGE = 0',
        says: '0, 0, is not below CONNECTION_AGE, 0',
        apart: 'laws',
      },
    ],
  },
  {
    id: 'laws/checked-in-time',
    fact: 'A check ends before the next begins, and a new task has time to pass enough of them',
    check: eachChain(({ group, server, grace }) => [
      ...below('timeout', group.timeout, 'interval and a second', group.interval + 1),
      ...below('timeout of the probe', server.probeTimeout, 'its interval and a second', server.probeInterval + 1),
      ...below(
        'start and checks',
        server.probeStart + group.interval * group.healthy,
        'grace period and a second',
        grace + 1,
      ),
    ]),
    breaks: [
      {
        file: tasks,
        from: 'startPeriod = local.timings.health_start',
        to: 'startPeriod = 25',
        says: 'start and checks, 85, is not below',
        apart: 'laws',
      },
    ],
  },
];

/**
 * Of the load balancer, in seconds. That of a TLS listener of a network load balancer is 350, and no plan can say more.
 * Source: https://docs.aws.amazon.com/elasticloadbalancing/latest/network/update-idle-timeout.html
 */
export function readIdle({ plan }: Proof): number {
  const [balancer] = plan.of('aws_lb');
  const [listener] = plan.of('aws_lb_listener', 'grpc');
  if (valueAt(balancer?.values, 'load_balancer_type') !== 'network') {
    return Number(valueAt(balancer?.values, 'idle_timeout'));
  }
  return valueAt(listener?.values, 'protocol') === 'TLS'
    ? 350
    : Number(valueAt(listener?.values, 'tcp_idle_timeout_seconds'));
}

type Chain = ReturnType<typeof readChain>;

/** The numbers of one workload's server, from wherever the plan holds them. */
function readChain(proof: Proof, { task, image }: Place) {
  const group = proof.plan.of('aws_lb_target_group').find(({ index }) => index === task.name)?.values;
  const service = proof.plan.of('aws_ecs_service').find(({ index }) => index === task.name)?.values;
  const container = readServer(proof, image)?.values;
  const told = readVariables(proof, image);
  const number = (values: unknown, path: string) => Number(valueAt(values, path));
  return {
    idle: readIdle(proof),
    grace: number(service, 'health_check_grace_period_seconds'),
    group: {
      interval: number(group, 'health_check.0.interval'),
      timeout: number(group, 'health_check.0.timeout'),
      healthy: number(group, 'health_check.0.healthy_threshold'),
      unhealthy: number(group, 'health_check.0.unhealthy_threshold'),
      deregistration: number(group, 'deregistration_delay'),
    },
    server: {
      preStop: Number(told.PRE_STOP),
      drain: Number(told.DRAIN),
      connectionIdle: Number(told.CONNECTION_IDLE),
      connectionAge: Number(told.CONNECTION_AGE),
      connectionAgeGrace: Number(told.CONNECTION_AGE_GRACE),
      stop: number(container, 'stopTimeout'),
      probeInterval: number(container, 'healthCheck.interval'),
      probeTimeout: number(container, 'healthCheck.timeout'),
      probeStart: number(container, 'healthCheck.startPeriod'),
    },
  };
}

function eachChain(check: (chain: Chain, proof: Proof) => string[]): Fact['check'] {
  return (proof) =>
    listServers(proof).flatMap((place) =>
      check(readChain(proof, place), proof).map((problem) => `${place.image}: ${problem}`),
    );
}

export function below(what: string, value: number, limit: string, most: number): string[] {
  return value < most ? [] : [`${what}, ${value}, is not below ${limit}, ${most}`];
}
