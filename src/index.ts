/** The public API: what may be imported from `create-grpc-aws`. */
export { type ExitCode, exitCode, type Fault, UserError } from './errors.ts';
export { checkSpec } from './spec/check-spec.ts';
export { specJsonSchema } from './spec/json-schema.ts';
export { readSpec, writeSpec } from './spec/read-spec.ts';
export type { SecretReference, Settings, Spec, TargetId, WorkloadSettings, WorkloadSpec } from './spec/spec.ts';
export { toolVersion } from './tool-version.ts';
