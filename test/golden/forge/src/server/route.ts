/** A method with all that its calls need from the server, prepared once. */

import type { Logger } from 'pino';
import type { BoundMethod } from './service.ts';
import type { Observer, Tracer } from './telemetry.ts';

export interface Route {
  readonly method: BoundMethod;
  /** `orders.v1.OrdersService/Get` */
  readonly rpc: string;
  readonly log: Logger;
  readonly replica: string;
  readonly draining: AbortSignal;
  readonly observer: Observer;
  readonly tracer: Tracer | undefined;
}
