/** A renderer of a few lines in place of the templates, so that a test sees what `create` itself does. */
import { samplePath } from '../../src/contract/sample.ts';
import { assignServices } from '../../src/contract/services-of.ts';
import type { render as realRender } from '../../src/render/render.ts';
import type { TreeFile } from '../../src/tree/file-tree.ts';

export const render: typeof realRender = ({ spec, contract, samples }) => {
  assignServices(spec.workloads, contract);
  const file = (text: string, ownership: TreeFile['ownership']): TreeFile => ({ text, executable: false, ownership });
  const tree = new Map([
    ['.gitignore', file('node_modules/\n', 'managed')],
    ['README.md', file(`# ${spec.name}\n`, 'seeded')],
    ['package.json', file(`{ "name": "${spec.name}" }\n`, 'managed')],
  ]);
  for (const { name, protos } of spec.workloads) {
    const isSample = samples?.has(name) ?? false;
    tree.set(`src/workloads/${name}/main.ts`, file(`// ${isSample ? 'sample' : protos.join(', ')}\n`, 'managed'));
    if (isSample) {
      tree.set(`proto/${samplePath(name)}/sample.proto`, file('syntax = "proto3";\n', 'seeded'));
    }
  }
  return tree;
};
