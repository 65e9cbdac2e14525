/** Tells the servers that a handler calls of the span it runs in, so that theirs belong to the same trace. */

import { InterceptingCall, type Interceptor, type Metadata } from '@grpc/grpc-js';
import { context, propagation, type TextMapSetter, trace } from '@opentelemetry/api';

/** Adds `traceparent` to the metadata of calls made in a span. */
export const passTraceOn: Interceptor = (options, nextCall) => {
  const active = context.active();
  if (trace.getSpan(active) === undefined) return new InterceptingCall(nextCall(options));
  return new InterceptingCall(nextCall(options), {
    start(metadata, listener, next) {
      // The caller may use its own again, in another span.
      const copy = metadata.clone();
      propagation.inject(active, copy, setter);
      next(copy, listener);
    },
  });
};

const setter: TextMapSetter<Metadata> = {
  set: (metadata, key, value) => metadata.set(key, value),
};
