/** The requests of one call as an async iterable that reads from the network only when it is asked for more. */

type Reader<Message> = {
  resolve(result: IteratorResult<Message, undefined>): void;
  reject(reason: Error): void;
};

export class RequestStream<Message> implements AsyncIterableIterator<Message, undefined> {
  readonly #startRead: () => void;
  /** Callers of `next` in order; the first one's read is under way. */
  readonly #readers: Reader<Message>[] = [];
  #failure: Error | undefined;
  #ended = false;

  /** `startRead` must lead to one call of `push`, `end` or `fail`. */
  constructor(startRead: () => void) {
    this.#startRead = startRead;
  }

  [Symbol.asyncIterator](): this {
    return this;
  }

  next(): Promise<IteratorResult<Message, undefined>> {
    if (this.#failure !== undefined) return Promise.reject(this.#failure);
    if (this.#ended) return Promise.resolve({ done: true, value: undefined });
    const result = new Promise<IteratorResult<Message, undefined>>((resolve, reject) => {
      this.#readers.push({ resolve, reject });
    });
    // A handler may have turned to something else when the client leaves: that is no unhandled rejection.
    result.catch(() => undefined);
    if (this.#readers.length === 1) this.#startRead();
    return result;
  }

  /** The handler wants no more. The rest of what the client sends is dropped when the call ends. */
  return(): Promise<IteratorResult<Message, undefined>> {
    this.end();
    return Promise.resolve({ done: true, value: undefined });
  }

  push(message: Message): void {
    this.#readers.shift()?.resolve({ done: false, value: message });
    if (this.#readers.length > 0) this.#startRead();
  }

  end(): void {
    this.#ended = true;
    for (const reader of this.#readers.splice(0)) reader.resolve({ done: true, value: undefined });
  }

  fail(reason: Error): void {
    if (this.#ended) return;
    this.#failure = reason;
    for (const reader of this.#readers.splice(0)) reader.reject(reason);
  }
}
