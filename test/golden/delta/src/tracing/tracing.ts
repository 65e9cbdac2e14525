/** Tracing with OpenTelemetry: on where a collector is configured. Without one, its SDK is not even loaded. */

import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import about from '../../package.json' with { type: 'json' };
import { oneOf, optional, type Reader, readSettings, type Tracing } from '../server/index.ts';
import { traceCalls } from './spans.ts';

/** The variables are OpenTelemetry's own; those for headers, certificates and the like are read by its exporter. */
const readers = {
  /** The collector, which takes OTLP over HTTP: `http://127.0.0.1:4318`. */
  OTEL_EXPORTER_OTLP_ENDPOINT: optional(url(), undefined),
  /** The whole address for traces, if it is not /v1/traces there. */
  OTEL_EXPORTER_OTLP_TRACES_ENDPOINT: optional(url(), undefined),
  OTEL_EXPORTER_OTLP_PROTOCOL: optional(oneOf('http/protobuf'), undefined),
  OTEL_EXPORTER_OTLP_TRACES_PROTOCOL: optional(oneOf('http/protobuf'), undefined),
  /** Which calls are sampled. With parentbased_, one that a sampled call made always is. */
  OTEL_TRACES_SAMPLER: optional(
    oneOf(
      'always_on',
      'always_off',
      'traceidratio',
      'parentbased_always_on',
      'parentbased_always_off',
      'parentbased_traceidratio',
    ),
    'parentbased_always_on',
  ),
  /** The share of calls that traceidratio samples. */
  OTEL_TRACES_SAMPLER_ARG: optional(share(), 1),
  OTEL_SDK_DISABLED: optional(oneOf('true', 'false'), 'false'),
};

export function createTracing(environment: Readonly<Record<string, string | undefined>> = process.env): Tracing {
  const settings = readSettings(readers, environment);
  const collector = findCollector(settings);
  return {
    settings,
    async start({ workload, replica, log }) {
      if (collector === undefined || settings.OTEL_SDK_DISABLED === 'true') return undefined;
      const { startSdk } = await loadSdk();
      const sdk = startSdk({
        service: { name: workload, version: about.version, replica },
        sampler: settings.OTEL_TRACES_SAMPLER,
        ratio: settings.OTEL_TRACES_SAMPLER_ARG,
        collector: collector.href,
        log,
      });
      return traceCalls(sdk.stop);
    },
  };
}

function findCollector(settings: ReturnType<typeof readSettings<typeof readers>>): URL | undefined {
  const { OTEL_EXPORTER_OTLP_ENDPOINT: base, OTEL_EXPORTER_OTLP_TRACES_ENDPOINT: whole } = settings;
  if (whole !== undefined || base === undefined) return whole;
  return new URL('v1/traces', base.href.endsWith('/') ? base : `${base.href}/`);
}

/** A bundle of its own, beside this one in an image. */
function loadSdk(): Promise<typeof import('./sdk.ts')> {
  const bundle = join(import.meta.dirname, 'tracing.cjs');
  return import(pathToFileURL(existsSync(bundle) ? bundle : join(import.meta.dirname, 'sdk.ts')).href);
}

function url(): Reader<URL> {
  return {
    accepts: 'an http:// or https:// URL',
    parse: (text) => (/^https?:\/\//.test(text) && URL.canParse(text) ? new URL(text) : undefined),
  };
}

function share(): Reader<number> {
  return {
    accepts: 'a number from 0 to 1',
    parse(text) {
      const value = Number(text);
      return value >= 0 && value <= 1 ? value : undefined;
    },
  };
}
