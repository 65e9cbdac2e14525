/** Turns grpc-js's client calls into promises and async iterables. */

import type {
  ClientReadableStream,
  ClientUnaryCall,
  ClientWritableStream,
  requestCallback,
  StatusObject,
} from '@grpc/grpc-js';
import { toCallError } from './call-error.ts';
import type { CallOptions } from './client.ts';

/** Messages to stream: all at hand, or as they come. */
export type Requests<Message> = Iterable<Message> | AsyncIterable<Message>;

/** A call with one response. */
export function receiveOne(
  options: CallOptions,
  start: (done: requestCallback<unknown>) => ClientUnaryCall | ClientWritableStream<unknown>,
): Promise<unknown> {
  return new Promise((resolve, reject) => {
    const call = start((error, response) => (error === null ? resolve(response) : reject(toCallError(error))));
    if ('write' in call) call.on('error', reject);
    follow(call, options);
  });
}

/** A call with a stream of responses. */
export function receiveAll(options: CallOptions, call: ClientReadableStream<unknown>): AsyncIterable<unknown> {
  // Listened for from the start: a call may fail before anyone asks for its first response.
  let failure: unknown;
  call.on('error', (error) => {
    failure ??= error;
  });
  follow(call, options);
  return (async function* () {
    try {
      yield* call;
    } catch (error) {
      failure ??= error;
    } finally {
      call.cancel();
    }
    if (failure !== undefined) throw toCallError(failure);
  })();
}

/** Streams `requests` as fast as the server takes them, until they or the call end. If they fail, so does the call. */
export function sendAll<Call extends ClientWritableStream<unknown>>(requests: Requests<unknown>, call: Call): Call {
  const iterator = Symbol.asyncIterator in requests ? requests[Symbol.asyncIterator]() : requests[Symbol.iterator]();
  let over = false;
  let wake: (() => void) | undefined;
  call.on('drain', () => wake?.());
  call.on('status', () => {
    over = true;
    wake?.();
    void iterator.return?.();
  });

  async function send(): Promise<void> {
    for (let next = await iterator.next(); next.done !== true && !over; next = await iterator.next()) {
      if (!call.write(next.value)) {
        await new Promise<void>((resolve) => {
          wake = resolve;
        });
      }
    }
    call.end();
  }

  send().catch((error: Error) => {
    // In this order, for the caller is to see what failed rather than that the call was cancelled for it.
    call.destroy(error);
    call.cancel();
  });
  return call;
}

function follow(
  call: ClientUnaryCall | ClientReadableStream<unknown> | ClientWritableStream<unknown>,
  options: CallOptions,
): void {
  const { signal, onHeader, onTrailer } = options;
  const cancel = () => call.cancel();
  if (signal?.aborted) cancel();
  signal?.addEventListener('abort', cancel);
  if (onHeader !== undefined) call.on('metadata', onHeader);
  call.on('status', ({ metadata }: StatusObject) => {
    signal?.removeEventListener('abort', cancel);
    onTrailer?.(metadata);
  });
}
