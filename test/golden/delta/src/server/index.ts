/** The one door of the server: what handlers, their tests and the workloads import. */

export { Metadata } from '@grpc/grpc-js';
export type { CallContext } from './context.ts';
export { type Detail, detail } from './details.ts';
export { file, integer, oneOf, onOff, optional, type Reader, readSettings, seconds, text } from './environment.ts';
export { badRequest, errorInfo, readDetail, retryInfo } from './error-details.ts';
export { fail, ServiceError, Status, unimplemented } from './errors.ts';
export { run, type Workload } from './run.ts';
export { type Handlers, type Service, service } from './service.ts';
export type { Trace, Tracer, Tracing } from './telemetry.ts';
export { startForTest, type TestServer, toArray } from './testing.ts';
