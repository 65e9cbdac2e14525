/** Answers that only projen reads: an upgrade cannot, since they are code. */
import { join } from 'node:path';
import type { Disk } from '../tree/disk.ts';

const path = '.projenrc.ts';

/** A sentence where the repo's own projen file seems to give answers, which its next run would put over those of the Spec. */
export function noteAnswers(disk: Disk, directory: string): string | undefined {
  const place = join(directory, path);
  if (disk.identify(place) !== 'file') return undefined;
  const code = new TextDecoder().decode(disk.read(place)).replace(/^\s*\/\/.*$/gm, '');
  if (!/new\s+GrpcServiceProject\s*\(\s*[^\s)]/.test(code)) return undefined;
  const why = 'they win over grpc-aws.json there, and an upgrade by itself does not read them';
  return `${path} passes options to GrpcServiceProject: where these are answers, run \`npx projen\` instead, for ${why}`;
}
