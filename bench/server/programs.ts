/** The programs that are measured, bundled: those of a repo that we emit, and the bare ones beside them. */
import { existsSync, mkdirSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { build } from 'esbuild';
import { execa } from 'execa';

export interface Programs {
  /** The emitted server. */
  server: string;
  /** Whether its repo was emitted with tracing. */
  traces: boolean;
  /** The sample's generated code, for whoever calls it. */
  definition: string;
  bare: string;
  rawHttp2: string;
  /** Bytes of the emitted bundles: what every server loads, and what one that traces loads besides. */
  bytes: { server: number; tracing: number };
}

/** Scaffolds a repo with `cli` in `folder`, installs and builds it. */
export async function emitRepo(cli: string, folder: string): Promise<string> {
  mkdirSync(folder, { recursive: true });
  await execa(process.execPath, [cli, 'orders', '--yes', '--no-install', '--no-git'], { cwd: folder });
  const repo = join(folder, 'orders');
  await execa('npm', ['install', '--ignore-scripts', '--no-audit', '--no-fund'], { cwd: repo });
  await execa('npm', ['run', 'build'], { cwd: repo });
  return repo;
}

/** `repo` is an emitted repo with the sample, built; bundles go to `folder`. */
export async function bundlePrograms(repo: string, folder: string): Promise<Programs> {
  const shared = { bundle: true, minify: true, platform: 'node', target: 'node20', outdir: folder } as const;
  const [bare, rawHttp2] = ['bare', 'raw-http2'].map((name) => fileURLToPath(new URL(`${name}.ts`, import.meta.url)));
  // Top-level await wants a module; grpc-js inside it wants a `require`.
  const banner = {
    js: "import { createRequire } from 'node:module'; const require = createRequire(import.meta.url);",
  };
  await build({
    ...shared,
    entryPoints: {
      bare: bare ?? '',
      'raw-http2': rawHttp2 ?? '',
      definition: join(repo, 'src/gen/orders/v1/orders.ts'),
    },
    format: 'esm',
    outExtension: { '.js': '.mjs' },
    external: ['@grpc/proto-loader'],
    banner,
  });
  const server = join(repo, 'dist/orders/server.cjs');
  const tracing = join(repo, 'dist/orders/tracing.cjs');
  const traces = existsSync(tracing);
  return {
    server,
    traces,
    definition: join(folder, 'definition.mjs'),
    bare: join(folder, 'bare.mjs'),
    rawHttp2: join(folder, 'raw-http2.mjs'),
    bytes: { server: statSync(server).size, tracing: traces ? statSync(tracing).size : 0 },
  };
}
