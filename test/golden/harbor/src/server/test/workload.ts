/** The workload that process.ts runs: slow answers, streams without end, an error that nothing catches, and traces. */

import { setTimeout as sleep } from 'node:timers/promises';
import { oneOf, optional, readSettings, run } from '../index.ts';
import { echo } from './echo.ts';

const settings = readSettings({ TRACES: optional(oneOf('sent', 'lost', 'stuck'), undefined) });

run({
  name: 'test',
  services: [
    echo({
      /** Takes as many milliseconds as it is told. */
      async say({ text }) {
        if (text === 'crash') setImmediate(() => Promise.reject(new Error('crash')));
        await sleep(Number(text) || 0);
        return { text };
      },
      /** Ends when the server drains. */
      async *count(_, { draining }) {
        for (let number = 1; !draining.aborted; number += 1) {
          yield { text: String(number) };
          await sleep(10);
        }
      },
    }),
  ],
  tracing: {
    settings,
    async start({ workload, log }) {
      if (settings.TRACES === undefined) return undefined;
      return {
        start: () => undefined,
        async stop() {
          if (settings.TRACES === 'lost') throw new Error('no collector');
          if (settings.TRACES === 'stuck') await new Promise(() => {});
          log.info(`traces of ${workload} are sent`);
        },
      };
    },
  },
});
