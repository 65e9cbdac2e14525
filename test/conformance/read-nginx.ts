/** nginx.conf as the Topology has it: what it takes, where each call goes, and how long it waits. */
import type { Proxy } from '../../src/topology/model.ts';

/** `workload`: whose servers it stands in front of. */
export function readNginx(text: string, workload: string): { proxy: Proxy; drain: number } {
  const only = (pattern: RegExp) => [...new Set([...text.matchAll(pattern)].map(([, value]) => value))].join(' or ');
  const upstreams = [...text.matchAll(/upstream (\S+) \{[^}]*?server 127\.0\.0\.1:(\d+)/g)];
  const routes = [...text.matchAll(/location (\/\S+\/) \{\s*grpc_pass grpc:\/\/([^;]+);/g)];
  const [, server = ''] = text.split(/^ {4}server \{$/m);
  const inServer = (name: string) => Number(new RegExp(`^ {8}${name} (\\d+)s;`, 'm').exec(server)?.[1]);
  return {
    drain: Number(only(/worker_shutdown_timeout (\d+)s;/g)),
    proxy: {
      kind: 'nginx',
      listeners: [
        {
          port: Number(only(/listen (\d+)/g)),
          accepts: ['h2'],
          connection: { maxIdle: inServer('keepalive_timeout'), maxAge: inServer('keepalive_time') },
          routes: routes.map(([, path = '', to = '']) => {
            return { match: 'prefix', path, to, timeout: Number.POSITIVE_INFINITY };
          }),
          unrouted: Number(only(/return (\d+);/g)),
          idle: inServer('grpc_read_timeout'),
        },
      ],
      backends: upstreams.map(([, name = '', port]) => ({
        name,
        to: { workload, port: Number(port) },
        speaks: 'h2',
        tls: false,
        discovery: 'loopback',
        balancing: 'round-robin',
      })),
      settings: [],
    },
  };
}
