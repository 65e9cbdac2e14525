/** What a handler is told about its call, besides the request. */

import type { PeerCertificate } from 'node:tls';
import { Metadata, type ServerInterceptingCallInterface } from '@grpc/grpc-js';
import type { Logger } from 'pino';
import type { Route } from './route.ts';

export interface CallContext {
  /** `orders.v1.OrdersService/Get` */
  readonly method: string;
  /** What the client sent along. */
  readonly metadata: Metadata;
  /** When the client stops waiting, in milliseconds since 1970; Infinity if it set no deadline. None is set for it. */
  readonly deadline: number;
  /** Fires when nobody waits for the answer any more: the client cancelled or left, or the deadline passed. */
  readonly signal: AbortSignal;
  /** Fires when this server begins to drain: a stream without an end of its own should finish, its client comes back elsewhere. */
  readonly draining: AbortSignal;
  /** The address at the other end of the connection: a load balancer's, where there is one. */
  readonly peer: string;
  /** The client's certificate, if the server verifies those (TLS_CLIENT_CA). */
  readonly certificate: PeerCertificate | undefined;
  /** Which replica answers (REPLICA). */
  readonly replica: string;
  /** Logs with the method and the ids of the request and of its trace. */
  readonly log: Logger;
  /** Sent after the last message, whatever the status: add to it. */
  readonly trailer: Metadata;
  /** Sends metadata ahead of the first message. Later calls do nothing. */
  sendHeader(header: Metadata): void;
}

/** The context of one call. What most handlers never ask for is made when they do. */
export class Context implements CallContext {
  readonly metadata: Metadata;
  readonly deadline: number;
  traceId: string | undefined;
  readonly #route: Route;
  readonly #transport: ServerInterceptingCallInterface;
  #controller: AbortController | undefined;
  #timer: NodeJS.Timeout | undefined;
  #log: Logger | undefined;
  #trailer: Metadata | undefined;
  #over = false;
  #reason: Error | undefined;
  readonly #expire: () => void;

  /** `expire` is called when the deadline passes, if the handler looks at `signal`. */
  constructor(route: Route, transport: ServerInterceptingCallInterface, metadata: Metadata, expire: () => void) {
    this.#route = route;
    this.#transport = transport;
    this.#expire = expire;
    this.metadata = metadata;
    this.deadline = Number(transport.getDeadline());
  }

  get method(): string {
    return this.#route.rpc;
  }

  get draining(): AbortSignal {
    return this.#route.draining;
  }

  get replica(): string {
    return this.#route.replica;
  }

  get peer(): string {
    const { remoteAddress, remotePort } = this.#transport.getConnectionInfo();
    return remoteAddress === undefined ? 'unknown' : `${remoteAddress}:${remotePort}`;
  }

  get certificate(): PeerCertificate | undefined {
    return this.#transport.getAuthContext().sslPeerCertificate;
  }

  get requestId(): string | undefined {
    return this.metadata.get('x-request-id')[0]?.toString();
  }

  get log(): Logger {
    this.#log ??= this.#route.log.child({ requestId: this.requestId, traceId: this.traceId });
    return this.#log;
  }

  get trailer(): Metadata {
    this.#trailer ??= new Metadata();
    return this.#trailer;
  }

  get sentTrailer(): Metadata | undefined {
    return this.#trailer;
  }

  get signal(): AbortSignal {
    if (this.#controller === undefined) {
      this.#controller = new AbortController();
      if (this.#reason !== undefined) this.#controller.abort(this.#reason);
      else if (!this.#over) this.#startTimer();
    }
    return this.#controller.signal;
  }

  sendHeader(header: Metadata): void {
    this.#transport.sendMetadata(header);
  }

  /** The call is over. `reason` says why, if that was before its handler had finished. */
  close(reason: Error | undefined): void {
    this.#over = true;
    this.#reason = reason;
    clearTimeout(this.#timer);
    if (reason !== undefined) this.#controller?.abort(reason);
  }

  /** grpc-js ends a late call too, but tells of it only once its last byte is out, which a slow reader may delay. */
  #startTimer(): void {
    const left = this.deadline - Date.now();
    // Node takes no more than 2^31 ms, which is 24 days.
    if (left < 2 ** 31) this.#timer = setTimeout(this.#expire, Math.max(0, left));
  }
}
