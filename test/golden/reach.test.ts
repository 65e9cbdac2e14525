import { readdirSync, readFileSync } from 'node:fs';
import { join, sep } from 'node:path';
import { fileURLToPath } from 'node:url';
import { expect, test } from 'vitest';
import { parseContract } from '../../src/contract/parse-contract.ts';
import { type ReachRecorder, recordReach } from '../../src/render/interpret-recorder.ts';
import { render } from '../../src/render/render.ts';
import { readSpec } from '../../src/spec/read-spec.ts';
import { cases } from './cases.ts';
import { describeSamples, renderSamples, templates } from './render-answers.ts';

const here = fileURLToPath(new URL('.', import.meta.url));

/** Renders every golden again, with and without the samples; returns what was reached. */
function renderGoldens() {
  const reach = recordReach();
  const views = new Set<object>();
  const recorder: ReachRecorder = {
    reachTemplate: (path) => reach.reachTemplate(path),
    reachField(owner, field) {
      // What a template is given first of all is the view of the whole repo.
      if ('workloads' in owner && 'versions' in owner) views.add(owner);
      reach.reachField(owner, field);
    },
    copyFields: (original, copy) => reach.copyFields(original, copy),
  };
  for (const { name } of cases) {
    const golden = join(here, name);
    const spec = readSpec(readFileSync(join(golden, 'grpc-aws.json'), 'utf8'), 'grpc-aws.json');
    const contract = parseContract(readProtos(join(golden, 'proto')));
    const samples = new Set(spec.workloads.map((workload) => workload.name));
    render({ spec, contract, templates, recorder });
    render({ spec, contract, templates, samples, recorder, packageReference: '1.2.3' });
  }
  renderSamples(describeSamples('orders', ['orders']), recorder, 'file:.grpc-aws/create-grpc-aws-1.2.3.tgz');
  return { reach, views: [...views] };
}

const { reach, views } = renderGoldens();

test('the goldens reach every template and every partial', () => {
  const all = [...Object.keys(templates.files), ...Object.keys(templates.partials).map((name) => `partials/${name}`)];
  expect(all.filter((path) => !reach.templates.has(path))).toEqual([]);
});

test('the goldens reach every field of the view', () => {
  expect(views).not.toEqual([]);
  expect(reach.findUnreachedFields(views)).toEqual([]);
});

function readProtos(folder: string): { path: string; text: string }[] {
  return readdirSync(folder, { recursive: true, encoding: 'utf8' })
    .filter((path) => path.endsWith('.proto'))
    .map((path) => ({ path: path.split(sep).join('/'), text: readFileSync(join(folder, path), 'utf8') }));
}
