/** Runs a workload as a process: checks its settings, starts its server, and ends both as signals and errors ask. */

import { setTimeout as sleep } from 'node:timers/promises';
import { setLogger } from '@grpc/grpc-js';
import type { Logger } from 'pino';
import { type Config, faultsOfConfig, readConfig } from './config.ts';
import { describeFault, type Fault, faultsOf } from './environment.ts';
import { createLog } from './log.ts';
import { type RunningServer, startServer } from './server.ts';
import type { Service } from './service.ts';
import type { Tracer, Tracing } from './telemetry.ts';

export interface Workload {
  readonly name: string;
  readonly services: readonly Service[];
  /** The workload's own, from `readSettings`: checked together with the server's. */
  readonly settings?: object;
  readonly tracing?: Tracing;
}

/** Exit codes: 0 stopped when told to, 1 a fault or a second signal, 2 settings that cannot be used. */
export function run(workload: Workload): void {
  const config = readConfig();
  const { settings = {}, tracing } = workload;
  const faults = [...faultsOfConfig(config), ...faultsOf(settings), ...faultsOf(tracing?.settings ?? {})];
  if (faults.length > 0) refuse(faults);
  else void serve(workload, config, createLog(workload.name, config));
}

function refuse(faults: readonly Fault[]): void {
  console.error(['The environment is not fit to start with:', ...faults.map(describeFault)].join('\n  '));
  process.exitCode = 2;
}

async function serve({ name, services, tracing }: Workload, config: Config, log: Logger): Promise<void> {
  setLogger(grpcJsLogger(log));
  try {
    const tracer = await tracing?.start({ workload: name, replica: config.REPLICA, log });
    const server = await startServer({ services, config, log, tracer });
    stopWhenTold(server, tracer, config, log);
    const served = services.map(({ definition }) => definition.fullName);
    log.info({ port: server.port, metricsPort: server.metricsPort, services: served }, 'serving');
    // At once: scripts wait for this line.
    log.flush();
  } catch (err) {
    log.fatal({ err }, 'cannot start');
    process.exit(1);
  }
}

/** One Ctrl-C can arrive twice, from the terminal and from npm: a second signal counts only after this. */
const SAME_SIGNAL_MS = 500;

function stopWhenTold(server: RunningServer, tracer: Tracer | undefined, config: Config, log: Logger): void {
  let stoppingSince: number | undefined;

  async function stop(why: object, preStop: number, exitCode: number): Promise<void> {
    stoppingSince = Date.now();
    log.info({ ...why, preStop, drain: config.DRAIN }, 'stopping');
    const cut = await server.stop(preStop);
    await stopTracer(tracer, log);
    log[cut > 0 ? 'warn' : 'info']({ ms: Date.now() - stoppingSince, cut }, 'stopped');
    process.exit(exitCode);
  }

  function onSignal(signal: NodeJS.Signals): void {
    // A terminal's Ctrl-C must not wait for load balancers.
    if (stoppingSince === undefined) void stop({ signal }, signal === 'SIGINT' ? 0 : config.PRE_STOP, 0);
    else if (Date.now() - stoppingSince > SAME_SIGNAL_MS) {
      log.warn({ signal }, 'stopped at once by a second signal');
      server.cut();
      process.exit(1);
    }
  }

  function onFault(err: unknown): void {
    log.fatal({ err }, 'an error that nothing caught');
    if (stoppingSince === undefined) void stop({}, 0, 1);
  }

  process.on('SIGTERM', onSignal);
  process.on('SIGINT', onSignal);
  process.on('uncaughtException', onFault);
  process.on('unhandledRejection', onFault);
}

/** What whoever stops the process must allow beyond PRE_STOP and DRAIN, where traces cannot be sent. */
const TRACER_STOP_MS = 1000;

async function stopTracer(tracer: Tracer | undefined, log: Logger): Promise<void> {
  try {
    await Promise.race([tracer?.stop?.(), sleep(TRACER_STOP_MS)]);
  } catch (err) {
    log.warn({ err }, 'the last traces are lost');
  }
}

function grpcJsLogger(log: Logger): Partial<Console> {
  const child = log.child({ from: 'grpc-js' });
  const say =
    (level: 'error' | 'info' | 'debug') =>
    (...words: unknown[]) =>
      child[level](words.join(' '));
  return { error: say('error'), info: say('info'), debug: say('debug') };
}
