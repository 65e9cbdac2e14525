/** Renders in memory what the CLI would write for workloads that get a sample each. */
import { fileURLToPath } from 'node:url';
import { readTemplates } from '../../scripts/read-templates.ts';
import { sampleContract, samplePath } from '../../src/contract/sample.ts';
import { withManifest } from '../../src/manifest/manifest.ts';
import { compileTemplates } from '../../src/render/compile-templates.ts';
import type { ReachRecorder } from '../../src/render/interpret-recorder.ts';
import { render } from '../../src/render/render.ts';
import type { Spec } from '../../src/spec/spec.ts';
import type { FileTree } from '../../src/tree/file-tree.ts';

export const templates = compileTemplates(readTemplates(fileURLToPath(new URL('../../templates', import.meta.url))));

export function describeSamples(name: string, workloads: readonly string[]): Spec {
  return {
    name,
    target: 'local',
    workloads: workloads.map((workload) => ({ name: workload, protos: [samplePath(workload)] })),
  };
}

export function renderSamples(spec: Spec, recorder?: ReachRecorder, packageReference?: string): FileTree {
  const names = spec.workloads.map((workload) => workload.name);
  const contract = sampleContract(names);
  const tree = render({
    spec,
    contract,
    templates,
    samples: new Set(names),
    ...(recorder && { recorder }),
    ...(packageReference && { packageReference }),
  });
  return withManifest(tree, '1.2.3');
}
