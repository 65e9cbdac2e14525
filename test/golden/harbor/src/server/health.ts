/** grpc.health.v1.Health: what load balancers and probes ask. */

import { HealthDefinition, HealthCheckResponse_ServingStatus as Serving } from '../gen/grpc/health/v1/health.ts';
import type { CallContext } from './context.ts';
import { fail, Status } from './errors.ts';
import { type Service, service } from './service.ts';

export interface Health {
  readonly service: Service;
  /** Sets the server's status and that of each of its services, and tells all watchers. */
  setServing(serving: boolean): void;
}

/** An Application Load Balancer looks at the code of the answer and not into it: to it, NOT_SERVING would be healthy. */
function readsCodeAlone({ metadata }: CallContext): boolean {
  return String(metadata.get('user-agent')[0]).startsWith('ELB-HealthChecker/');
}

/** The empty name stands for the server as a whole. All begin as NOT_SERVING. */
export function createHealth(services: readonly string[]): Health {
  const statuses = new Map<string, Serving>(['', ...services].map((name) => [name, Serving.NOT_SERVING]));
  const sleepers = new Set<() => void>();

  /** Waits for a change or for one of the signals, and leaves nothing behind on any of them. */
  function change(...signals: readonly AbortSignal[]): Promise<void> {
    return new Promise((resolve) => {
      const wake = () => {
        sleepers.delete(wake);
        for (const signal of signals) signal.removeEventListener('abort', wake);
        resolve();
      };
      sleepers.add(wake);
      for (const signal of signals) signal.addEventListener('abort', wake);
    });
  }

  return {
    setServing(serving) {
      for (const name of statuses.keys()) statuses.set(name, serving ? Serving.SERVING : Serving.NOT_SERVING);
      for (const wake of sleepers) wake();
    },

    service: service(HealthDefinition, {
      async check({ service }, call) {
        const status = statuses.get(service) ?? fail(Status.NOT_FOUND, `no service ${service} here`);
        if (status !== Serving.SERVING && readsCodeAlone(call)) fail(Status.UNAVAILABLE, 'NOT_SERVING');
        return { status };
      },

      async list() {
        return { statuses: Object.fromEntries([...statuses].map(([name, status]) => [name, { status }])) };
      },

      /** Ends when the server drains: an open Watch would hold it until its time is up. */
      async *watch({ service }, call) {
        let sent: Serving | undefined;
        while (!call.signal.aborted) {
          const status = statuses.get(service) ?? Serving.SERVICE_UNKNOWN;
          if (status !== sent) yield { status };
          else if (call.draining.aborted) return;
          else await change(call.signal, call.draining);
          sent = status;
        }
      },
    }),
  };
}
