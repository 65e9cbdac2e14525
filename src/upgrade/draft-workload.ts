/** A workload more: the Spec and the protos that a repo has with it. */
import type { ProtoDisk } from '../contract/collect-protos.ts';
import type { Contract } from '../contract/contract.ts';
import { sampleContract, samplePath } from '../contract/sample.ts';
import { servicesOf } from '../contract/services-of.ts';
import { exitCode, UserError } from '../errors.ts';
import { checkSpec } from '../spec/check-spec.ts';
import type { Spec } from '../spec/spec.ts';
import { bringProtos } from './bring-protos.ts';
import type { Draft } from './draft.ts';
import { upgradeCommand } from './ports.ts';
import { type Project, readContract } from './read-project.ts';

interface WorkloadAddition {
  name: string;
  protos: readonly string[];
}

/** @throws UserError (usage) for a name that is taken or none, and for protos that are not there or another's */
export async function draftWorkload(
  project: Project,
  { name, protos }: WorkloadAddition,
  { typedDisk }: { typedDisk: ProtoDisk },
): Promise<Draft> {
  const { spec } = project;
  if (spec.workloads.some((workload) => workload.name === name)) {
    throw new UserError(exitCode.usage, {
      at: name,
      message: 'there is a workload of that name already',
      hint: `Give another name, or add a service to it: \`add service ${samplePath(name).replace('/', '.')}.MoreService --workload ${name}\`.`,
    });
  }
  // The name is checked first: paths are made of it.
  const folder = samplePath(extend(spec, { name, protos: ['any'] }).workloads.at(-1)?.name ?? name);
  if (protos.length > 0) return serveBrought(project, name, protos, typedDisk);
  const isThere = project.protos.some(({ path }) => path.toLowerCase().startsWith(`${folder}/`));
  return isThere ? serveThere(project, name, folder) : serveSample(project, name, folder);
}

async function serveBrought(project: Project, name: string, typed: readonly string[], disk: ProtoDisk): Promise<Draft> {
  const brought = await bringProtos(project, { name, protos: typed }, disk);
  const spec = extend(project.spec, { name, protos: brought.entries }, brought.unlinted);
  const contract = await readContract(brought.protos);
  const fresh = [...brought.added.map((path) => `proto/${path}`), ...listSeeds(name, contract, brought.entries)];
  const draft = { ...project, spec, contract, protos: brought.protos };
  return { project: draft, samples: new Set(), fresh: new Set(fresh) };
}

/** Protos that stand where the sample would, and that nobody serves, are what the name means. */
function serveThere(project: Project, name: string, folder: string): Draft {
  const { contract } = project;
  const services = servicesOf([folder], contract);
  const owner = project.spec.workloads.find(({ protos }) => {
    const served = new Set(servicesOf(protos, contract));
    return services.some((service) => served.has(service));
  });
  if (services.length === 0 || owner !== undefined) {
    const served = owner === undefined ? '' : `, which ${owner.name} serves`;
    const hint = `Say what it serves, \`add workload ${name} --proto PATH\`, or give it another name.`;
    throw new UserError(exitCode.usage, {
      at: name,
      message: `its sample would stand in proto/${folder}/, where other protos stand${served}`,
      hint,
    });
  }
  const spec = extend(project.spec, { name, protos: [folder] });
  const fresh = new Set(listSeeds(name, contract, [folder]));
  return { project: { ...project, spec }, samples: new Set(), fresh };
}

function serveSample(project: Project, name: string, folder: string): Draft {
  const sample = sampleContract([name]);
  const services = [...project.contract.services, ...sample.services];
  const contract = { services: services.sort((a, b) => (a.fullName < b.fullName ? -1 : 1)) };
  const seeds = listSeeds(name, sample, [folder]);
  const files = sample.services.map(({ file }) => `proto/${file}`);
  const spec = extend(project.spec, { name, protos: [folder] });
  return { project: { ...project, spec, contract }, samples: new Set([name]), fresh: new Set([...files, ...seeds]) };
}

/** @throws UserError (usage) naming the command, where the target or the schema refuses what comes of it */
function extend(
  spec: Spec,
  workload: { name: string; protos: readonly string[] },
  unlinted: readonly string[] = [],
): Spec {
  return checkSpec(
    {
      ...spec,
      workloads: [...spec.workloads, workload],
      unlinted: [...new Set([...(spec.unlinted ?? []), ...unlinted])],
    },
    (path) => (path[0] === 'workloads' && path[1] === spec.workloads.length ? workload.name : undefined),
  );
}

/** What a workload that serves these protos is given once. */
export function listSeeds(name: string, contract: Contract, protos: readonly string[]): string[] {
  const folder = `src/workloads/${name}`;
  const handlers = servicesOf(protos, contract).map(({ fullName }) => `${folder}/${fullName}`);
  return [`${folder}/settings.ts`, ...handlers.flatMap((path) => [`${path}.ts`, `${path}.test.ts`])];
}

/** What is there already is missing a file at most. */
export const renderHint = `What is missing of it comes with \`${upgradeCommand}\`.`;
