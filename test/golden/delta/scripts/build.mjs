/** Bundles each workload into dist/<workload>: all that its image holds besides Node. */

import { cpSync, rmSync } from 'node:fs';
import { build } from 'esbuild';
import { listWorkloads } from './workloads.mjs';

/**
 * What packages load and this server never uses, a fifteenth of what it would read at every start: the worker behind
 * pino's transports (log.ts has none), and OpenTelemetry for prom-client's exemplars (metrics.ts asks for none).
 * @type {import('esbuild').Plugin}
 */
const leaveOutUnused = {
  name: 'leave out what is unused',
  setup({ onResolve, onLoad }) {
    onResolve({ filter: /^(thread-stream|@opentelemetry\/api)$/ }, ({ path, importer }) =>
      /node_modules[\\/](pino|prom-client)[\\/]/.test(importer) ? { path, namespace: 'unused' } : undefined,
    );
    onLoad({ filter: /./, namespace: 'unused' }, () => ({ contents: '' }));
  },
};

/** @type {import('esbuild').BuildOptions} */
const options = {
  outExtension: { '.js': '.cjs' },
  bundle: true,
  minify: true,
  // Stacks in logs keep their names; lines are found with the map.
  keepNames: true,
  sourcemap: 'linked',
  platform: 'node',
  target: 'node20',
  format: 'cjs',
  define: { 'import.meta.dirname': '__dirname' },
  // grpc-js loads it for .proto files read at run time, of which there are none.
  external: ['@grpc/proto-loader'],
  plugins: [leaveOutUnused],
  logLevel: 'warning',
};

rmSync('dist', { recursive: true, force: true });

for (const workload of listWorkloads()) {
  const outdir = `dist/${workload}`;
  const entryPoints = { server: `src/workloads/${workload}/main.ts`, probe: 'src/server/probe.ts' };
  await build({ ...options, outdir, entryPoints });
  // The SDK is read only where traces go somewhere. From its ES modules, for the parts not used are left out of those.
  await build({ ...options, outdir, entryPoints: { tracing: 'src/tracing/sdk.ts' }, mainFields: ['module', 'main'] });
  cpSync('src/gen/descriptors.binpb', `${outdir}/descriptors.binpb`);
}
