/** Words about the tool in what a repo keeps when it leaves it: for its owner to read, since no program knows what to say instead. */
import { readText } from '../plan/plan-upgrade-file.ts';

/** `grpc-aws.json` stays, and so do words about it. */
const words = /create-grpc-aws|(?<![\w-])grpc-aws(?!\.json)\b|\.grpc-aws\b|\bprojen\b/;

/** `file:line`, in the order of the files. */
export function findMentions(files: ReadonlyMap<string, { bytes: Uint8Array }>): string[] {
  return [...files].flatMap(([path, { bytes }]) => {
    const lines = readText(bytes)?.text.split('\n') ?? [];
    return lines.flatMap((line, index) => (words.test(line) ? [`${path}:${index + 1}`] : []));
  });
}
