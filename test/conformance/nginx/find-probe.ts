/** The probe of nginx's image where this machine has it, else the emitted servers' own, told to ask nginx. */
import { spawnSync } from 'node:child_process';
import { join } from 'node:path';
import { execa } from 'execa';

export interface ProbeResult {
  code: number | undefined;
  said: string;
  /** In milliseconds. */
  took: number;
}

/** `command`: as it is emitted; `port`: where nginx listens here; `repo`: an emitted repo that is built. */
export async function probe(command: readonly string[], port: number, repo: string): Promise<ProbeResult> {
  const own = process.env.GRPC_HEALTH_PROBE ?? 'grpc-health-probe';
  const [, , ...patience] = command;
  const isThere = spawnSync(own, ['-version']).status === 0;
  const [program, ...args] = isThere
    ? [own, `-addr=127.0.0.1:${port}`, ...patience]
    : [process.execPath, join(repo, 'dist/orders/probe.cjs')];
  const began = performance.now();
  const { exitCode, all } = await execa(program!, args, { env: { PORT: String(port) }, all: true, reject: false });
  return { code: exitCode, said: all, took: performance.now() - began };
}
