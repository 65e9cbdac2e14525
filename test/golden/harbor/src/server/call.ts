/**
 * One incoming call, from its first header to its status.
 *
 * grpc-js shows a call to interceptors before it wraps it in Node streams for a handler. This is the last
 * interceptor, and the call goes no further: here messages are read one at a time as the handler asks for them and
 * written one at a time as the network takes them, so back-pressure holds in both directions without a buffer between.
 */

import {
  type Metadata,
  ServerInterceptingCall,
  type ServerInterceptingCallInterface,
  type ServerInterceptor,
  status as Status,
} from '@grpc/grpc-js';
import { Context } from './context.ts';
import { ServiceError, toServiceError, withDetails } from './errors.ts';
import { RequestStream } from './requests.ts';
import type { Route } from './route.ts';
import type { Trace } from './telemetry.ts';

/** Client and server both time a deadline; the client's cancellation may arrive this much before ours runs out. */
const DEADLINE_SLACK_MS = 50;

/** Hands each call to its route. Calls of services added to grpc-js in other ways pass. */
export function routeCalls(routes: ReadonlyMap<string, Route>): ServerInterceptor {
  return ({ path }, transport) => {
    const route = routes.get(path);
    return route === undefined ? new ServerInterceptingCall(transport) : new IncomingCall(route, transport);
  };
}

class IncomingCall extends ServerInterceptingCall {
  readonly #route: Route;
  readonly #transport: ServerInterceptingCallInterface;
  readonly #startedAt = performance.now();
  #context!: Context;
  #trace: Trace | undefined;
  #requests: RequestStream<unknown> | undefined;
  /** The one request of a method that takes no stream. */
  #request: unknown;
  #ended = false;
  /** Set while a message is on its way out: lets its sender go on. */
  #written: (() => void) | undefined;
  /** Set while responses are taken from the handler: tells it that no more are wanted. */
  #abandonResponses: (() => void) | undefined;

  constructor(route: Route, transport: ServerInterceptingCallInterface) {
    super(transport);
    this.#route = route;
    this.#transport = transport;
  }

  /** Listens to the transport itself, in place of the handler that grpc-js was about to call. */
  override start(): void {
    this.#transport.start(this);
  }

  onReceiveMetadata(metadata: Metadata): void {
    const { method, observer, tracer } = this.#route;
    observer.started();
    this.#context = new Context(this.#route, this.#transport, metadata, () => this.#expire());
    this.#trace = tracer?.start(this.#context);
    this.#context.traceId = this.#trace?.id;
    if (method.definition.requestStream) {
      this.#requests = new RequestStream(() => this.#transport.startRead());
      this.#run(this.#requests);
    } else {
      this.#transport.startRead();
    }
  }

  onReceiveMessage(bytes: Uint8Array): void {
    let message: unknown;
    try {
      message = this.#route.method.definition.requestType.decode(bytes);
    } catch (cause) {
      this.#fail(new ServiceError(Status.INTERNAL, 'the request cannot be decoded'), cause);
      return;
    }
    if (this.#requests !== undefined) {
      this.#requests.push(message);
    } else if (this.#request === undefined) {
      this.#request = message;
      this.#transport.startRead();
    } else {
      this.#fail(new ServiceError(Status.UNIMPLEMENTED, 'more than one request for a method that takes one'));
    }
  }

  onReceiveHalfClose(): void {
    // A client that leaves looks at first like one that has sent its last: Node ends the stream before it closes it.
    // Wait for the close, or a handler would take part of an upload for the whole.
    if (this.#requests !== undefined) setImmediate(() => this.#requests?.end());
    else if (this.#request !== undefined) this.#run(this.#request);
    else this.#fail(new ServiceError(Status.UNIMPLEMENTED, 'no request for a method that takes one'));
  }

  /** grpc-js calls this at the end of every call; it means something only where we have not ended it ourselves. */
  onCancel(): void {
    if (this.#ended) return;
    const late = Date.now() + DEADLINE_SLACK_MS >= this.#context.deadline;
    this.#close(late ? DEADLINE_EXCEEDED : CANCELLED);
  }

  #run(input: unknown): void {
    const answer = () => this.#answer(input);
    void (this.#trace === undefined ? answer() : this.#trace.run(answer));
  }

  async #answer(input: unknown): Promise<void> {
    const { method } = this.#route;
    try {
      const output = method.handle(input, this.#context);
      if (method.definition.responseStream) await this.#sendAll(output as AsyncIterable<unknown>);
      else this.#send(await output);
      this.#succeed();
    } catch (error) {
      this.#fail(toServiceError(error), error);
    }
  }

  async #sendAll(responses: AsyncIterable<unknown>): Promise<void> {
    const iterator = responses[Symbol.asyncIterator]();
    this.#abandonResponses = () => {
      const stopped = iterator.return?.();
      stopped?.then(undefined, (err) =>
        this.#context.log.error({ err }, 'a response stream failed as it was abandoned'),
      );
    };
    for (let next = await iterator.next(); next.done !== true; next = await iterator.next()) {
      if (this.#ended) return;
      await new Promise<void>((resolve) => {
        this.#written = resolve;
        this.#send(next.value, resolve);
      });
      if (this.#ended) return;
    }
    this.#abandonResponses = undefined;
  }

  /** Encodes here rather than in grpc-js, which would end the call without a word to its interceptors if that fails. */
  #send(message: unknown, written: () => void = ignore): void {
    if (this.#ended) return;
    const bytes = this.#route.method.definition.responseType.encode(message).finish();
    this.#transport.sendMessage(Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength), written);
  }

  #succeed(): void {
    if (this.#ended) return;
    this.#transport.sendStatus({ code: Status.OK, details: '', metadata: this.#context.sentTrailer ?? null });
    this.#close();
  }

  /** `cause` is for the log: what the client is not told. */
  #fail(error: ServiceError, cause: unknown = error): void {
    if (this.#ended) return;
    const metadata = withDetails(error, this.#context.sentTrailer) ?? null;
    this.#transport.sendStatus({ code: error.code, details: error.message.toWellFormed(), metadata });
    this.#close(error, cause);
  }

  #expire(): void {
    this.#fail(DEADLINE_EXCEEDED);
  }

  /** Ends everything that hangs on the call. `error` is given unless its handler has answered it. */
  #close(error?: ServiceError, cause: unknown = error): void {
    this.#ended = true;
    const code = error?.code ?? Status.OK;
    this.#context.close(error);
    this.#requests?.fail(error ?? CANCELLED);
    this.#written?.();
    this.#abandonResponses?.();
    this.#trace?.end(code, cause);
    this.#route.observer.ended(this.#context, code, this.#startedAt, cause);
  }
}

const CANCELLED = new ServiceError(Status.CANCELLED, 'the client cancelled the call');
const DEADLINE_EXCEEDED = new ServiceError(Status.DEADLINE_EXCEEDED, 'the deadline passed');

function ignore(): void {}
