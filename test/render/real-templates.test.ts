import { fileURLToPath } from 'node:url';
import { expect, test } from 'vitest';
import { readTemplates } from '../../scripts/read-templates.ts';
import type { Contract, Method, StreamingKind } from '../../src/contract/contract.ts';
import { sampleContract, samplePath } from '../../src/contract/sample.ts';
import { compileTemplates } from '../../src/render/compile-templates.ts';
import { renderTemplate } from '../../src/render/interpret.ts';
import { buildView } from '../../src/render/view.ts';
import type { Spec } from '../../src/spec/spec.ts';
import { findTarget } from '../../src/targets/targets.ts';
import { ecsAlbSpecs } from '../targets/ecs-alb-specs.ts';
import { ecsNlbNginxSpecs } from '../targets/ecs-nlb-nginx-specs.ts';
import { renderWithHandlebars } from './real-handlebars.ts';

const sources = readTemplates(fileURLToPath(new URL('../../templates', import.meta.url)));
const texts = new Map([...sources].map(([path, { text }]) => [path, text]));
const set = compileTemplates(sources);

/** Templates of these folders are rendered for each workload, or for each service; all others once. */
const workloadFolders = ['workload'];
const serviceFolders = ['sample', 'service'];

test.each([...sources.keys()].filter((path) => path.endsWith('.hbs') && !path.startsWith('partials/')))(
  '%s comes out of the interpreter as it comes out of Handlebars',
  (path) => {
    const key = path.slice(0, -'.hbs'.length);
    const views = listViews().flatMap((view): readonly object[] => {
      const isIn = (folders: readonly string[]) => folders.some((folder) => path.startsWith(`${folder}/`));
      if (isIn(workloadFolders)) return view.workloads;
      if (isIn(serviceFolders)) return view.workloads.flatMap(({ services }) => services);
      if (isIn(['base', 'server', ...view.overlays])) return [view];
      return view.repeated.filter(({ template }) => template === key).map(({ view: seen }) => seen);
    });
    expect(views.length).toBeGreaterThan(0);
    for (const view of views) {
      expect(renderTemplate(set, key, view)).toBe(renderWithHandlebars(texts, key, view));
    }
  },
);

function listViews() {
  const workload = (name: string) => ({ name, protos: [samplePath(name)] });
  return [
    describeView({ name: 'orders', target: 'local', workloads: [workload('orders')] }, sampleContract(['orders'])),
    describeView(
      { name: 'shop', target: 'local', workloads: [workload('a'), workload('b-c')] },
      sampleContract(['a', 'b-c']),
      'file:.grpc-aws/create-grpc-aws-1.2.3.tgz',
    ),
    ...[...ecsAlbSpecs, ...ecsNlbNginxSpecs]
      .flatMap(([, spec]) => [spec, { ...spec, iac: 'cloudformation' as const }])
      .map((spec) => describeView(spec, sampleContract(spec.workloads.map(({ name }) => name)), '1.2.3')),
    ...(['pnpm', 'yarn'] as const).map((packageManager) =>
      describeView(
        { name: 'orders', target: 'local', packageManager, workloads: [workload('orders')] },
        sampleContract(['orders']),
        '1.2.3',
      ),
    ),
    describeView({ name: 'kinds', target: 'local', workloads: [{ name: 'kinds', protos: ['x.proto'] }] }, everyKind()),
  ];
}

function describeView(spec: Spec, contract: Contract, packageReference?: string) {
  const target = findTarget(spec.target);
  const view = buildView({ spec, contract, topology: target.derive(spec, contract), target, packageReference });
  const more = [...(view.projen ? ['projen'] : []), ...(view.upgrades ? ['upgrade'] : []), view.pm.id];
  const overlays = [...target.overlays(spec), ...more];
  return { ...view, overlays, repeated: target.repeat?.(spec, new Map()) ?? [] };
}

/** Two services of one file, without a package. */
function everyKind(): Contract {
  const kinds: StreamingKind[] = ['unary', 'server-streaming', 'client-streaming', 'bidi-streaming'];
  const methods = kinds.map((kind, index): Method => ({ name: `Call${index}`, kind, input: 'Ask', output: 'Answer' }));
  const service = (name: string, count: number) => {
    return { name, fullName: name, package: '', file: 'x.proto', methods: methods.slice(0, count) };
  };
  return { services: [service('Delete', 1), service('Service', 4)] };
}
