/** What is recorded of each call, in one place and at one moment: a log line, the metrics, and the end of its trace. */

import { status as Status } from '@grpc/grpc-js';
import type { Logger } from 'pino';
import type { CallContext, Context } from './context.ts';
import type { CallMetrics } from './metrics.ts';
import type { BoundMethod } from './service.ts';

/** The seam for tracing: OpenTelemetry or any other. Given to `run` in a workload's main. */
export interface Tracing {
  /** From `readSettings`: checked together with the server's. */
  readonly settings: object;
  /** Called once, before the server starts. Undefined leaves all calls untraced. */
  start(process: TracedProcess): Promise<Tracer | undefined>;
}

export interface TracedProcess {
  readonly workload: string;
  readonly replica: string;
  readonly log: Logger;
}

export interface Tracer {
  /** Called when a call's metadata is there, before its handler runs. Undefined leaves the call untraced. */
  start(call: CallContext): Trace | undefined;
  /** The last call is over: sends what has not been sent. */
  stop?(): Promise<void>;
}

export interface Trace {
  /** In log lines, as `traceId`. */
  readonly id?: string;
  /** Runs the handler, all of its streams included, in the context of the trace (AsyncLocalStorage#run or the like). */
  run(handler: () => Promise<void>): Promise<void>;
  /** The call is over. `error` is what its handler threw. */
  end(code: Status, error: unknown): void;
}

/** Counts and logs the calls of one method. */
export interface Observer {
  started(): void;
  ended(call: Context, code: Status, startedAt: number, error: unknown): void;
}

/** The server's fault, as opposed to a client's, a caller's patience or a planned refusal. */
const FAULTS: ReadonlySet<Status> = new Set([Status.UNKNOWN, Status.INTERNAL, Status.DATA_LOSS]);

/** For methods of the workload: a line for each call, at level error if it is our fault, and RED metrics. */
export function observe(method: BoundMethod, log: Logger, metrics: CallMetrics): Observer {
  const record = metrics.recorder(method);
  return {
    started: metrics.started,
    ended(call, code, startedAt, error) {
      const ms = performance.now() - startedAt;
      record(code, ms / 1000);
      const level = FAULTS.has(code) ? 'error' : 'info';
      if (log.isLevelEnabled(level)) log[level](describe(call, code, ms, error), 'call');
    },
  };
}

/** For health and reflection: probes would drown the log, and streams that never end would spoil the durations. */
export function observeQuietly(log: Logger): Observer {
  return {
    started() {},
    ended(call, code, startedAt, error) {
      if (log.isLevelEnabled('debug')) log.debug(describe(call, code, performance.now() - startedAt, error), 'call');
    },
  };
}

function describe(call: Context, code: Status, ms: number, error: unknown): object {
  const { peer, requestId, traceId } = call;
  const line = { code: Status[code], ms: Math.round(ms * 1000) / 1000, peer, requestId, traceId };
  if (error === undefined) return line;
  // A fault is told with its stack; a refusal in its words.
  return FAULTS.has(code)
    ? { ...line, err: error }
    : { ...line, reason: error instanceof Error ? error.message : String(error) };
}
