/** From the answers to a new repo in memory, wherever it is to be written. */
import type { CollectedProtos, ProtoAnswer, ProtoDisk } from '../contract/collect-protos.ts';
import type { Contract } from '../contract/contract.ts';
import { listUnlinted } from '../contract/list-unlinted.ts';
import { sampleContract, samplePath } from '../contract/sample.ts';
import { exitCode, UserError } from '../errors.ts';
import { withManifest } from '../manifest/manifest.ts';
import { render } from '../render/render.ts';
import type { TemplateSet } from '../render/template-set.ts';
import { checkSpec } from '../spec/check-spec.ts';
import type { Settings, Spec, TargetId, WorkloadSettings } from '../spec/spec.ts';
import { buildTree, mergeTrees } from '../tree/build-tree.ts';
import type { FileTree } from '../tree/file-tree.ts';

/** The answers that decide every byte. */
export interface RepoRequest {
  name: string;
  target: TargetId;
  /** Of those that the target takes; what is not said gets its default. */
  settings?: Partial<Settings>;
  /** At least one. A workload without protos gets a sample. */
  workloads: readonly RequestedWorkload[];
  /** What package.json says of this package: a version; or `file:` and the path of a tarball in the repo. */
  packageReference: string;
}

export interface RequestedWorkload extends ProtoAnswer {
  settings?: Partial<WorkloadSettings>;
}

/** A new repo in memory: every file, the protos and what the manifest keeps included. */
export interface RenderedRepo {
  spec: Spec;
  contract: Contract;
  tree: FileTree;
}

export interface RenderPorts {
  protoDisk: ProtoDisk;
  templates: TemplateSet;
  /** Of this package: it goes into the manifest. */
  toolVersion: string;
}

/** What would be written, wherever that is to be. Throws `UserError` for an answer or a proto that is refused. */
export async function renderRepo(
  request: RepoRequest,
  { protoDisk, templates, toolVersion }: RenderPorts,
): Promise<RenderedRepo> {
  const { workloads, packageReference } = request;
  const sampled = workloads.filter(({ protos }) => protos.length === 0).map((workload) => workload.name);
  const collected = sampled.length < workloads.length ? await collect(workloads, protoDisk) : undefined;
  refuseCoveredSamples(sampled, collected);
  const spec = describeSpec(request, sampled, collected);
  const contract = joinContracts(sampleContract(sampled), collected);
  const samples = new Set(sampled);
  const rendered = render({ spec, contract, templates, samples, packageReference });
  const tree = withManifest(mergeTrees(rendered, seedProtos(collected)), toolVersion);
  return { spec, contract, tree };
}

/** The reader of protos is loaded only where there are some: without them a repo is made in half the time. */
async function collect(workloads: readonly ProtoAnswer[], disk: ProtoDisk): Promise<CollectedProtos> {
  const { collectProtos } = await import('../contract/collect-protos.ts');
  return collectProtos({ workloads: workloads.filter(({ protos }) => protos.length > 0), disk });
}

/** A sample in a folder that given protos fill would be served twice, or replace one of them. */
function refuseCoveredSamples(sampled: readonly string[], collected: CollectedProtos | undefined): void {
  const faults = sampled.flatMap((workload) => {
    const folder = `${samplePath(workload)}/`;
    const file = collected?.files.find(({ path }) => path.toLowerCase().startsWith(folder));
    const message = `its sample would stand in proto/${folder}, where proto/${file?.path} stands`;
    const hint = `Say what it serves, \`--workload ${workload}=PROTO\`, or give it another name.`;
    return file === undefined ? [] : [{ at: `--workload ${workload}`, message, hint }];
  });
  if (faults.length > 0) {
    throw new UserError(exitCode.usage, faults);
  }
}

/** @throws UserError (usage) where an answer is none, or one that the target needs is missing. */
function describeSpec(
  { name, target, settings, workloads }: RepoRequest,
  sampled: readonly string[],
  collected: CollectedProtos | undefined,
): Spec {
  const protosOf = (workload: string): readonly string[] =>
    sampled.includes(workload)
      ? [samplePath(workload)]
      : (collected?.workloads.find((given) => given.name === workload)?.protos ?? []);
  return checkSpec({
    name,
    target,
    ...settings,
    workloads: workloads.map((workload) => ({
      name: workload.name,
      protos: protosOf(workload.name),
      ...workload.settings,
    })),
    ...(collected && { unlinted: listUnlinted(collected) }),
  });
}

function joinContracts(samples: Contract, collected: CollectedProtos | undefined): Contract {
  const services = [...samples.services, ...(collected?.contract.services ?? [])];
  return { services: services.sort((a, b) => (a.fullName < b.fullName ? -1 : 1)) };
}

function seedProtos(collected: CollectedProtos | undefined): FileTree {
  const files = collected?.files ?? [];
  return buildTree(
    files.map(({ path, text }) => [`proto/${path}`, { text, executable: false, ownership: 'seeded' } as const]),
  );
}
