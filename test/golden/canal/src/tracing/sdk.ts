/** The OpenTelemetry SDK, put together: exports spans in batches, and keeps the current one for handlers. */

import { context, DiagLogLevel, diag, propagation, trace } from '@opentelemetry/api';
import { AsyncLocalStorageContextManager } from '@opentelemetry/context-async-hooks';
import { ExportResultCode, W3CTraceContextPropagator } from '@opentelemetry/core';
import { OTLPTraceExporter } from '@opentelemetry/exporter-trace-otlp-proto';
import { defaultResource, detectResources, envDetector, resourceFromAttributes } from '@opentelemetry/resources';
import {
  AlwaysOffSampler,
  AlwaysOnSampler,
  BatchSpanProcessor,
  ParentBasedSampler,
  type Sampler,
  type SpanExporter,
  TraceIdRatioBasedSampler,
  TracerProvider,
} from '@opentelemetry/sdk-trace';
import type { Logger } from 'pino';

export interface SdkParts {
  readonly service: { readonly name: string; readonly version: string; readonly replica: string };
  /** One of OTEL_TRACES_SAMPLER. */
  readonly sampler: string;
  readonly ratio: number;
  /** Where spans are posted. */
  readonly collector: string;
  readonly log: Logger;
}

export interface Sdk {
  /** Exports what has not been yet. Resolves when that is done or has failed. */
  stop(this: void): Promise<void>;
}

/** What `@opentelemetry/api` then reaches, from any bundle of this process. */
export function startSdk({ service, sampler, ratio, collector, log }: SdkParts): Sdk {
  const provider = new TracerProvider({
    resource: describe(service),
    sampler: createSampler(sampler, ratio),
    // Holds 2048 spans and drops further ones until the collector has taken some: memory is bounded.
    spanProcessors: [new BatchSpanProcessor({ exporter: tellOutages(new OTLPTraceExporter({ url: collector }), log) })],
  });
  trace.setGlobalTracerProvider(provider);
  context.setGlobalContextManager(new AsyncLocalStorageContextManager());
  propagation.setGlobalPropagator(new W3CTraceContextPropagator());
  const say = (message: string) => log.debug({ from: 'opentelemetry' }, message);
  diag.setLogger({ error: say, warn: say, info: say, debug: say, verbose: say }, DiagLogLevel.WARN);
  return { stop: () => provider.shutdown().catch(() => undefined) };
}

/** OTEL_SERVICE_NAME and OTEL_RESOURCE_ATTRIBUTES add to it, and win. */
function describe({ name, version, replica }: SdkParts['service']) {
  const own = { 'service.name': name, 'service.version': version, 'service.instance.id': replica };
  return defaultResource()
    .merge(resourceFromAttributes(own))
    .merge(detectResources({ detectors: [envDetector] }));
}

function createSampler(name: string, ratio: number): Sampler {
  const roots: Readonly<Record<string, () => Sampler>> = {
    always_on: () => new AlwaysOnSampler(),
    always_off: () => new AlwaysOffSampler(),
    traceidratio: () => new TraceIdRatioBasedSampler(ratio),
  };
  const root = roots[name.replace('parentbased_', '')]?.() ?? new AlwaysOnSampler();
  return name.startsWith('parentbased_') ? new ParentBasedSampler({ root }) : root;
}

/** Logs when the collector fails and when it is back, not each batch between. Serving goes on regardless. */
function tellOutages(exporter: SpanExporter, log: Logger): SpanExporter {
  let lost = 0;
  return {
    export(spans, done) {
      exporter.export(spans, (result) => {
        if (result.code === ExportResultCode.FAILED) {
          if (lost === 0) log.warn({ err: result.error }, 'traces cannot be exported');
          lost += spans.length;
        } else if (lost > 0) {
          log.info({ lost }, 'traces are exported again');
          lost = 0;
        }
        done(result);
      });
    },
    forceFlush: async () => exporter.forceFlush?.(),
    shutdown: () => exporter.shutdown(),
  };
}
