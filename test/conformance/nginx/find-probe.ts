/** The probe of nginx's image: that of this machine, or built as the image builds it; else the emitted servers' own. */
import { spawnSync } from 'node:child_process';
import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { execa } from 'execa';
import { versions } from '../../../src/versions.ts';

export interface ProbeResult {
  code: number | undefined;
  said: string;
  /** In milliseconds. */
  took: number;
}

/** `command`: as it is emitted; `port`: where nginx listens here; `repo`: an emitted repo that is built. */
export async function probe(command: readonly string[], port: number, repo: string): Promise<ProbeResult> {
  const own = findProbe();
  const [, , ...patience] = command;
  const [program, ...args] =
    'command' in own
      ? [own.command, `-addr=127.0.0.1:${port}`, ...patience]
      : [process.execPath, join(repo, 'dist/orders/probe.cjs')];
  const began = performance.now();
  const { exitCode, all } = await execa(program!, args, { env: { PORT: String(port) }, all: true, reject: false });
  return { code: exitCode, said: all, took: performance.now() - began };
}

type Found = { command: string } | { reason: string };
let found: Found | undefined;

/** GRPC_HEALTH_PROBE, that of the PATH, or one that Go builds once into node_modules/.cache; or why there is none. */
export function findProbe(): Found {
  found ??= lookForProbe();
  return found;
}

function lookForProbe(): Found {
  const { version } = versions.grpcHealthProbe;
  const cache = fileURLToPath(new URL(`../../../node_modules/.cache/grpc-health-probe-${version}`, import.meta.url));
  const built = join(cache, 'grpc-health-probe');
  const command = [process.env.GRPC_HEALTH_PROBE ?? 'grpc-health-probe', built].find(runs);
  if (command !== undefined) return { command };
  mkdirSync(cache, { recursive: true });
  const args = ['install', '-trimpath', '-ldflags=-s -w', `github.com/grpc-ecosystem/grpc-health-probe@${version}`];
  const env = { ...process.env, CGO_ENABLED: '0', GOBIN: cache };
  const { status, stderr, error } = spawnSync('go', args, { env, encoding: 'utf8', timeout: 300_000 });
  if (status === 0 && runs(built)) return { command: built };
  const said = error?.message ?? stderr.trim().split('\n').slice(-2).join(' ');
  return { reason: `no grpc-health-probe is here, and Go builds none: ${said}` };
}

/** It has no version when it was built from a tag, but says so and ends well. */
function runs(command: string): boolean {
  return spawnSync(command, ['-version']).status === 0;
}
