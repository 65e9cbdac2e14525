/** The answers of `--config FILE`. */
import { readFileSync } from 'node:fs';
import { dirname, resolve } from 'node:path';
import { exitCode, UserError } from '../errors.ts';
import { type Answers, checkAnswers } from '../spec/check-spec.ts';
import type { Locate } from '../spec/check-value.ts';
import { parseJson } from '../spec/parse-json.ts';

export interface Config {
  answers: Answers;
  /** `file:line:column` of an answer. */
  locate: Locate;
  /** Where the entries of `protos` stand: `proto/` beside the file, as in the repo that such a file comes from. */
  protoFolder: string;
}

/** @throws UserError: refused where the file cannot be read, usage where it does not say what it should. */
export function readConfig(file: string, cwd: string): Config {
  const path = resolve(cwd, file);
  const { value, locate } = parseJson(readText(path, file), file);
  return { answers: checkAnswers(value, locate), locate, protoFolder: resolve(dirname(path), 'proto') };
}

function readText(path: string, file: string): string {
  try {
    return new TextDecoder('utf-8', { fatal: true, ignoreBOM: true }).decode(readFileSync(path));
  } catch (cause) {
    const reason = cause instanceof Error && 'code' in cause ? String(cause.code) : '';
    const message = reasons[reason] ?? 'cannot be read';
    const hint = 'Give --config a JSON file of the form of grpc-aws.json';
    throw new UserError(exitCode.refused, { at: file, message, hint }, { cause });
  }
}

const reasons: Readonly<Record<string, string>> = {
  ENOENT: 'does not exist',
  EISDIR: 'is a folder, not a file',
  EACCES: 'may not be read by you',
  ERR_ENCODING_INVALID_ENCODED_DATA: 'is not UTF-8 text',
};
