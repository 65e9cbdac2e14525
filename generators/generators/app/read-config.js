/** The answers of `--config FILE`, which has the form of grpc-aws.json; what its workloads serve stands in `proto/` beside it. */
import { readFileSync } from 'node:fs';
import { dirname, join, resolve } from 'node:path';
import { checkAnswers, exitCode, parseJson, UserError } from 'create-grpc-aws';

/** Of a path relative to `folder`; no answers where there is none. Throws `UserError` where the file says none. */
export function readConfig(path, folder) {
  if (path === undefined) return { workloads: [] };
  const file = resolve(folder, path);
  const { value, locate } = parseJson(readText(file, path), path);
  const { workloads = [], ...answers } = checkAnswers(value, locate);
  return {
    ...answers,
    workloads: workloads.map(({ name, protos = [], ...settings }) => ({
      name,
      protos: protos.map((entry) => join(dirname(file), 'proto', entry)),
      settings,
    })),
  };
}

function readText(file, path) {
  try {
    return new TextDecoder('utf-8', { fatal: true, ignoreBOM: true }).decode(readFileSync(file));
  } catch (cause) {
    const hint = 'Give --config a JSON file of the form of grpc-aws.json';
    throw new UserError(
      exitCode.refused,
      { at: path, message: reasons[cause.code] ?? 'cannot be read', hint },
      { cause },
    );
  }
}

/** In the words of the command line. */
const reasons = {
  ENOENT: 'does not exist',
  EISDIR: 'is a folder, not a file',
  EACCES: 'may not be read by you',
  ERR_ENCODING_INVALID_ENCODED_DATA: 'is not UTF-8 text',
};
