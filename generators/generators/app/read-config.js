/** The answers of `--config FILE`, which has the form of grpc-aws.json; what its workloads serve stands in `proto/` beside it. */
import { readFileSync } from 'node:fs';
import { dirname, join, resolve } from 'node:path';
import { checkAnswers } from 'create-grpc-aws';

/** Of a path relative to `folder`; no answers where there is none. */
export function readConfig(path, folder) {
  if (path === undefined) return { workloads: [] };
  const file = resolve(folder, path);
  const { workloads = [], ...answers } = checkAnswers(JSON.parse(readFileSync(file, 'utf8')));
  return {
    ...answers,
    workloads: workloads.map(({ name, protos = [], ...settings }) => ({
      name,
      protos: protos.map((entry) => join(dirname(file), 'proto', entry)),
      settings,
    })),
  };
}
