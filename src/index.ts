/** The public API: what may be imported from `create-grpc-aws`. */
export { type RenderedRepo, type RepoRequest, type RequestedWorkload, renderRepo } from './create/render-repo.ts';
export { type ExitCode, exitCode, type Fault, UserError } from './errors.ts';
export type { TemplateSet } from './render/template-set.ts';
export { type Answers, checkAnswers, checkSpec } from './spec/check-spec.ts';
export { specJsonSchema } from './spec/json-schema.ts';
export { listOfferedTargets } from './spec/offered-targets.ts';
export { type ParsedJson, parseJson, type ValuePath } from './spec/parse-json.ts';
export { readSpec, writeSpec } from './spec/read-spec.ts';
export { type Question, questions, type SchemaNode, type Setting, settings, settingsOf } from './spec/schema.ts';
export type { SecretReference, Settings, Spec, TargetId, WorkloadSettings, WorkloadSpec } from './spec/spec.ts';
export { toolVersion } from './tool-version.ts';
export type { FileTree, TreeFile } from './tree/file-tree.ts';
export { openProtoDisk } from './tree/proto-disk.ts';
