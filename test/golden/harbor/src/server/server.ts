/** Puts a workload's server together, starts it, and stops it without losing a call. */

import { setMaxListeners } from 'node:events';
import { isIPv6 } from 'node:net';
import { setTimeout as sleep } from 'node:timers/promises';
import { Server } from '@grpc/grpc-js';
import type { Logger } from 'pino';
import { Registry } from 'prom-client';
import { routeCalls } from './call.ts';
import { type Config, serverOptions } from './config.ts';
import { createHealth } from './health.ts';
import { createCallMetrics, serveMetrics } from './metrics.ts';
import { createReflection } from './reflection.ts';
import type { Route } from './route.ts';
import type { Service } from './service.ts';
import { observe, observeQuietly, type Tracer } from './telemetry.ts';
import { createCredentials } from './tls.ts';

export interface ServerParts {
  readonly services: readonly Service[];
  readonly config: Config;
  readonly log: Logger;
  readonly tracer?: Tracer | undefined;
}

export interface RunningServer {
  readonly port: number;
  readonly metricsPort: number;
  /**
   * Says NOT_SERVING at once, serves on for `preStop` seconds, then takes no new calls, ends open health watches, and
   * waits until all other calls are done, or for DRAIN seconds. Resolves to the number of calls that were cut.
   */
  stop(preStop: number): Promise<number>;
  /** Cuts all calls now. A `stop` under way resolves. */
  cut(): void;
}

export async function startServer({ services, config, log, tracer }: ServerParts): Promise<RunningServer> {
  const registry = new Registry();
  const metrics = createCallMetrics(registry);
  const health = createHealth(services.map(({ definition }) => definition.fullName));
  const own = [health.service, ...(config.REFLECTION ? createReflection() : [])];
  const draining = new AbortController();
  // Each open stream may listen to it.
  setMaxListeners(0, draining.signal);

  const routes = [...services, ...own].flatMap((service): Route[] =>
    service.methods.map((method) => {
      const rpc = method.path.slice(1);
      const rpcLog = log.child({ rpc, kind: method.kind });
      const shared = { method, rpc, log: rpcLog, replica: config.REPLICA, draining: draining.signal };
      return own.includes(service)
        ? { ...shared, observer: observeQuietly(rpcLog), tracer: undefined }
        : { ...shared, observer: observe(method, rpcLog, metrics), tracer };
    }),
  );
  const server = createGrpcServer(config, routes);

  const metricsServer = await serveMetrics(registry, config.HOST, config.METRICS_PORT);
  const port = await bind(server, config).catch((error: unknown) => {
    metricsServer.close();
    throw error;
  });
  health.setServing(true);

  const hurry = new AbortController();
  return {
    port,
    metricsPort: metricsServer.port,
    async stop(preStop) {
      health.setServing(false);
      await sleep(preStop * 1000, undefined, { signal: hurry.signal }).catch(() => undefined);
      draining.abort();
      const cut = await drain(server, config.DRAIN, () => metrics.open);
      metricsServer.close();
      return cut;
    },
    cut() {
      hurry.abort();
      server.forceShutdown();
    },
  };
}

function createGrpcServer(config: Config, routes: readonly Route[]): Server {
  const byPath = new Map(routes.map((route) => [route.method.path, route]));
  const server = new Server({ ...serverOptions(config), interceptors: [routeCalls(byPath)] });
  for (const { method } of routes) {
    // Messages pass grpc-js as bytes, and its handlers are never reached: see call.ts.
    const added = server.register<Buffer, Buffer>(method.path, () => {}, asIs, asIs, GRPC_JS_KINDS[method.kind]);
    if (!added) throw new Error(`two services answer ${method.path}`);
  }
  return server;
}

const GRPC_JS_KINDS = {
  unary: 'unary',
  server_stream: 'serverStream',
  client_stream: 'clientStream',
  bidi_stream: 'bidi',
};

function asIs(bytes: Buffer): Buffer {
  return bytes;
}

function bind(server: Server, config: Config): Promise<number> {
  const host = isIPv6(config.HOST) ? `[${config.HOST}]` : config.HOST;
  return new Promise((resolve, reject) => {
    server.bindAsync(`${host}:${config.PORT}`, createCredentials(config), (error, port) => {
      if (error === null) resolve(port);
      else reject(error);
    });
  });
}

/** The deadline is never left out: an early answer to a stream of requests can keep grpc-js waiting for ever. */
function drain(server: Server, seconds: number, countOpen: () => number): Promise<number> {
  return new Promise((resolve) => {
    const timer = setTimeout(() => {
      const cut = countOpen();
      server.forceShutdown();
      // The calls learn of it, and are logged, in the next turn.
      setImmediate(resolve, cut);
    }, seconds * 1000);
    server.tryShutdown(() => {
      clearTimeout(timer);
      resolve(0);
    });
  });
}
