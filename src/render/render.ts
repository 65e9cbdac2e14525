/** From Spec and Contract to the emitted repo, protos apart: pure, and the same bytes every time. */
import type { Contract } from '../contract/contract.ts';
import { sampleService } from '../contract/sample.ts';
import { assignServices } from '../contract/services-of.ts';
import { specJsonSchema } from '../spec/json-schema.ts';
import { writeSpec } from '../spec/read-spec.ts';
import { schemaPath } from '../spec/schema.ts';
import type { Spec } from '../spec/spec.ts';
import type { EarlierTexts } from '../targets/network-ranges.ts';
import { findTarget } from '../targets/targets.ts';
import { drawTopology } from '../topology/diagram.ts';
import { buildTree } from '../tree/build-tree.ts';
import type { FileTree, Ownership, TreeFile } from '../tree/file-tree.ts';
import { refuseUnservable, refuseUnservableThere } from './check-contract.ts';
import { renderTemplate } from './interpret.ts';
import type { ReachRecorder } from './interpret-recorder.ts';
import type { TemplateSet } from './template-set.ts';
import { buildView } from './view.ts';

export interface RenderInput {
  spec: Spec;
  contract: Contract;
  templates: TemplateSet;
  /** Workloads that begin with the sample: its proto, and handlers that answer. None at a re-render. */
  samples?: ReadonlySet<string>;
  /**
   * What package.json says of this package, a version or `file:` and a path: the repo is managed by projen then. Absent:
   * it is not.
   */
  packageReference?: string;
  /** Of a repo that is there: what the target remembers. */
  earlier?: EarlierTexts;
  /** Hears which templates and view fields are used. */
  recorder?: ReachRecorder;
}

/**
 * Everything that is emitted but the user's own protos: managed files, and the seeds of those the user owns.
 * @throws {UserError} usage where two workloads claim one service, refused where a service cannot be served, or not there
 */
export function render(input: RenderInput): FileTree {
  const { spec, contract, templates, samples, packageReference, recorder, earlier = new Map() } = input;
  refuseUnservable(contract);
  assignServices(spec.workloads, contract);
  const target = findTarget(spec.target);
  refuseUnservableThere(target.check?.(spec, contract));
  const topology = target.derive(spec, contract);
  const view = buildView({ spec, contract, topology, target, packageReference });
  const overlays = [
    ...target.overlays(spec),
    ...(view.pm.isNpm ? [] : [view.pm.id]),
    ...(view.projen ? ['projen'] : []),
    ...(view.upgrades ? ['upgrade'] : []),
  ];
  const files = new Map<string, TreeFile>();
  const emit = (path: string, template: string, seen: object, ownership: Ownership) => {
    const text = renderTemplate(templates, template, seen, recorder);
    files.set(path, { text, executable: templates.files[template]?.executable ?? false, ownership });
  };
  for (const [path, template] of layTemplates(templates, ['base', 'server', ...overlays]))
    emit(path, template, view, seededPaths.has(path) ? 'seeded' : 'managed');
  for (const { path, template, view: seen } of target.repeat?.(spec, earlier) ?? [])
    emit(path, template, seen, 'managed');
  for (const workload of view.workloads) {
    const folder = `src/workloads/${workload.name}`;
    emit(`${folder}/main.ts`, 'workload/main.ts', workload, 'managed');
    emit(`${folder}/settings.ts`, 'workload/settings.ts', workload, 'seeded');
    const isSample = samples?.has(workload.name) ?? false;
    const kind = isSample ? 'sample' : 'service';
    for (const service of workload.services) {
      if (isSample) emit(`proto/${sampleService(workload.name).file}`, 'sample/service.proto', service, 'seeded');
      emit(`${folder}/${service.fullName}.ts`, `${kind}/handler.ts`, service, 'seeded');
      emit(`${folder}/${service.fullName}.test.ts`, `${kind}/handler.test.ts`, service, 'seeded');
    }
  }
  const managed = (text: string): TreeFile => ({ text, executable: false, ownership: 'managed' });
  files.set('docs/topology.svg', managed(drawTopology(topology)));
  files.set('grpc-aws.json', managed(writeSpec(spec)));
  files.set(schemaPath, managed(`${JSON.stringify(specJsonSchema(), null, 2)}\n`));
  return buildTree(files);
}

/** What is written once and then the user's, beside what belongs to a service. */
const seededPaths: ReadonlySet<string> = new Set(['README.md']);

/** Which template gives each path: that of the last folder that has one. */
function layTemplates(templates: TemplateSet, folders: readonly string[]): ReadonlyMap<string, string> {
  const paths = Object.keys(templates.files);
  return new Map(
    folders.flatMap((folder) =>
      paths
        .filter((path) => path.startsWith(`${folder}/`))
        .map((path) => [path.slice(folder.length + 1), path] as const),
    ),
  );
}
