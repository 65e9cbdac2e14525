/** Answers the calls of bellows.v1.BellowsService. */

import { setTimeout as sleep } from 'node:timers/promises';
import { BellowsServiceDefinition } from '../../gen/bellows/v1/bellows.ts';
import { badRequest, fail, Status, service } from '../../server/index.ts';

const TICK_MS = 10;

export default service(BellowsServiceDefinition, {
  async get({ id }, { replica }) {
    if (id === '') fail(Status.INVALID_ARGUMENT, 'no id', badRequest({ id: 'must not be empty' }));
    return { id, replica };
  },

  async *watch({ count }, { replica, signal }) {
    if (count > 1000) fail(Status.INVALID_ARGUMENT, 'too many', badRequest({ count: 'must be at most 1000' }));
    for (let number = 1; number <= count; number += 1) {
      yield { number, replica };
      await sleep(TICK_MS, undefined, { signal });
    }
  },

  async collect(requests, { replica }) {
    let count = 0;
    let total = 0n;
    for await (const { amount } of requests) {
      count += 1;
      total += BigInt(amount);
    }
    return { count, total, replica };
  },

  async *exchange(requests, { replica }) {
    for await (const { text } of requests) yield { text: text.toUpperCase(), replica };
  },
});
