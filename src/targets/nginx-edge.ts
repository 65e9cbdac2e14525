/** nginx's configuration and image in the words that the templates of `edge/` print, taken from the Topology. */
import type { HealthCheck, Proxy, Shutdown } from '../topology/model.ts';
import type { HopTimings } from '../topology/timings.ts';
import { replaceableVersions } from '../versions.ts';
import { composePort } from './compose.ts';

export interface NginxEdge {
  proxy: Proxy;
  check: HealthCheck;
  shutdown: Shutdown;
  /** Absent: the one that is pinned. */
  version?: string | undefined;
}

/** Strings, flags and lists of these. */
export function describeNginxEdge({ proxy, check, shutdown, version }: NginxEdge, timings: HopTimings) {
  const listener = proxy.listeners[0]!;
  const nginxVersion = version ?? replaceableVersions.nginx.version;
  return {
    nginxVersion,
    hasHttp2Directive: hasHttp2Directive(nginxVersion),
    port: String(listener.port),
    connectionAge: String(listener.connection.maxAge),
    connectionIdle: String(listener.connection.maxIdle),
    idle: String(listener.idle),
    drain: String(shutdown.drain),
    upstreamIdle: String(timings.upstreamIdle),
    upstreamAge: String(timings.upstreamAge),
    upstreams: proxy.backends.map(({ name, to }) => ({ name, address: `127.0.0.1:${to.port}` })),
    composeUpstreams: proxy.backends.map(({ name }) => ({ name, address: `${name}:${composePort}` })),
    locations: listener.routes.map(({ path, to }) => ({ service: path.slice(1, -1), upstream: to })),
    check: {
      interval: String(check.interval),
      timeout: String(check.timeout),
      startPeriod: String(check.startPeriod ?? 0),
      retries: String(check.unhealthy),
      command: JSON.stringify(check.probe.kind === 'exec' ? check.probe.command : []),
    },
  };
}

/**
 * Before 1.25.1 HTTP/2 was a word of `listen`; a version without a patch is the newest of its line.
 * Source: https://nginx.org/en/docs/http/ngx_http_v2_module.html#http2
 */
function hasHttp2Directive(version: string): boolean {
  const [, minor = 0, patch = Number.POSITIVE_INFINITY] = version.split('.').map(Number);
  return minor > 25 || (minor === 25 && patch >= 1);
}
