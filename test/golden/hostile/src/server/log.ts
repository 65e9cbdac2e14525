/** The log: one JSON object a line, on standard output. */

import { type Logger, pino, stdTimeFunctions } from 'pino';
import type { Config } from './config.ts';

export function createLog(workload: string, { LOG_LEVEL, REPLICA }: Config): Logger {
  return pino(
    {
      level: LOG_LEVEL,
      base: { workload, replica: REPLICA },
      timestamp: stdTimeFunctions.isoTime,
      formatters: { level: (level) => ({ level }) },
    },
    // Lines are written while the next calls run; what is left is written when the process exits.
    pino.destination({ dest: 1, sync: false, minLength: 4096, periodicFlush: 100 }),
  );
}
