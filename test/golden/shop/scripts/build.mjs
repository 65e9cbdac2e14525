/** Bundles each workload into dist/<workload>: all that its image holds besides Node. */

import { cpSync, rmSync } from 'node:fs';
import { build } from 'esbuild';
import { listWorkloads } from './workloads.mjs';

rmSync('dist', { recursive: true, force: true });

for (const workload of listWorkloads()) {
  const outdir = `dist/${workload}`;
  await build({
    entryPoints: { server: `src/workloads/${workload}/main.ts`, probe: 'src/server/probe.ts' },
    outdir,
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
    logLevel: 'warning',
  });
  cpSync('src/gen/descriptors.binpb', `${outdir}/descriptors.binpb`);
}
