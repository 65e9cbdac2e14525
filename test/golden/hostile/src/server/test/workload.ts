/** The workload that process.ts runs: slow answers, streams without end, and an error that nothing catches. */

import { setTimeout as sleep } from 'node:timers/promises';
import { run } from '../index.ts';
import { echo } from './echo.ts';

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
});
