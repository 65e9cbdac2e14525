/**
 * Turns each call into a span of kind SERVER, under the span of its caller. Names and attributes are those of
 * https://opentelemetry.io/docs/specs/semconv/rpc/grpc/ (1.45).
 */

import {
  context,
  propagation,
  ROOT_CONTEXT,
  type Span,
  SpanKind,
  SpanStatusCode,
  type TextMapGetter,
  trace,
} from '@opentelemetry/api';
import { type Metadata, ServiceError, Status, type Tracer } from '../server/index.ts';

/** The others are a client's doing, or an answer like any other. */
const ERRORS: ReadonlySet<Status> = new Set([
  Status.UNKNOWN,
  Status.DEADLINE_EXCEEDED,
  Status.UNIMPLEMENTED,
  Status.INTERNAL,
  Status.UNAVAILABLE,
  Status.DATA_LOSS,
]);

/** Once the SDK has started. `stop` sends what is left. */
export function traceCalls(stop: () => Promise<void>): Tracer {
  const tracer = trace.getTracer('grpc-server');
  return {
    stop,
    start(call) {
      const caller = propagation.extract(ROOT_CONTEXT, call.metadata, getter);
      // What a sampler may ask for.
      const attributes = { 'rpc.system.name': 'grpc', 'rpc.method': call.method };
      const span = tracer.startSpan(call.method, { kind: SpanKind.SERVER, attributes }, caller);
      if (span.isRecording()) setPeer(span, call.peer);
      const active = trace.setSpan(caller, span);
      return {
        id: span.spanContext().traceId,
        run: (handler) => context.with(active, handler),
        end(code, error) {
          const name = Status[code] ?? 'UNKNOWN';
          span.setAttribute('rpc.status_code', name);
          if (ERRORS.has(code)) {
            span.setAttribute('error.type', name);
            span.setStatus({ code: SpanStatusCode.ERROR, ...(error instanceof Error && { message: error.message }) });
            // A refusal has said all in its message; of what went wrong, the stack is wanted.
            if (error instanceof Error && !(error instanceof ServiceError)) span.recordException(error);
          }
          span.end();
        },
      };
    },
  };
}

const getter: TextMapGetter<Metadata> = {
  keys: (metadata) => Object.keys(metadata.getMap()),
  get: (metadata, key) => metadata.get(key).map(String),
};

/** `address:port`, where the address may be of IPv6. */
function setPeer(span: Span, peer: string): void {
  const colon = peer.lastIndexOf(':');
  if (colon < 0) return;
  span.setAttribute('network.peer.address', peer.slice(0, colon));
  span.setAttribute('network.peer.port', Number(peer.slice(colon + 1)));
}
