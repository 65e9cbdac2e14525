/** RED metrics of every method (rate, errors, duration), and those of the process, for Prometheus. */

import { once } from 'node:events';
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { status as Status } from '@grpc/grpc-js';
import { collectDefaultMetrics, Gauge, Histogram, Registry, register } from 'prom-client';
import type { BoundMethod } from './service.ts';

export interface CallMetrics {
  /** Calls now open. */
  readonly open: number;
  started(this: void): void;
  /** Counts one ended call of `method`. */
  recorder(method: BoundMethod): (code: Status, seconds: number) => void;
}

/** The names are those of go-grpc-middleware, which ready-made dashboards and alerts expect. */
export function createCallMetrics(registry: Registry): CallMetrics {
  const durations = new Histogram({
    name: 'grpc_server_handling_seconds',
    help: 'Time from the first header of a call to its status.',
    labelNames: ['grpc_type', 'grpc_service', 'grpc_method', 'grpc_code'] as const,
    buckets: [0.001, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10, 30],
    registers: [registry],
  });
  let open = 0;
  new Gauge({
    name: 'grpc_server_open_calls',
    help: 'Calls now open.',
    registers: [registry],
    collect() {
      this.set(open);
    },
  });
  return {
    get open() {
      return open;
    },
    started() {
      open += 1;
    },
    recorder({ kind, service, name }) {
      // One observer for each status, bound to its labels when first seen: building labels for every call costs more than counting.
      const observers: ((seconds: number) => void)[] = [];
      return (code, seconds) => {
        open -= 1;
        observers[code] ??= durations.labels(kind, service, name, Status[code] ?? 'UNKNOWN').observe;
        observers[code](seconds);
      };
    },
  };
}

export interface MetricsServer {
  readonly port: number;
  close(): void;
}

/** Serves `/metrics` on a port of its own, which no load balancer routes to. */
export async function serveMetrics(registry: Registry, host: string, port: number): Promise<MetricsServer> {
  collectDefaultMetrics({ register: registry });
  // `register` is prom-client's own: what handlers count with it is served too.
  const all = Registry.merge([registry, register]);
  const server = createServer((request, response) => {
    if (request.url !== '/metrics') {
      response.writeHead(404).end();
      return;
    }
    all.metrics().then(
      (text) => response.writeHead(200, { 'content-type': all.contentType }).end(text),
      (error: unknown) => response.writeHead(500).end(String(error)),
    );
  });
  server.listen(port, host);
  await once(server, 'listening');
  return { port: (server.address() as AddressInfo).port, close: () => closeNow(server) };
}

function closeNow(server: Server): void {
  server.close();
  server.closeAllConnections();
}
