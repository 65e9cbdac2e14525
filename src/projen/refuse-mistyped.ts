/** `projen new` drops a flag that it does not know without a word; here the likely misspellings of ours are refused. */
import { exitCode, UserError } from '../errors.ts';
import { findNearest } from '../spec/find-nearest.ts';
import { specSchema } from '../spec/schema.ts';

/** Of `projen new` itself; its `--help` has the list. */
const projenFlags = 'from synth comments git post watch debug help version projen-version outdir'.split(' ');

/** @throws UserError (usage) for each word of the command line that is near one of our flags, and none. */
export function refuseMistyped(argv: readonly string[]): void {
  const ours = [...Object.keys(specSchema.properties ?? {}), 'workload', 'proto'];
  const known = new Set([...ours, ...projenFlags]);
  const typed = argv.flatMap((word) => /^--(?:no-)?([a-z][a-z-]*)/i.exec(word)?.[1] ?? []);
  const faults = typed.flatMap((flag) => {
    const meant = known.has(flag) ? undefined : findNearest(flag, ours);
    return meant === undefined
      ? []
      : [{ at: `--${flag}`, message: 'is no flag that anybody reads', hint: `Did you mean --${meant}?` }];
  });
  if (faults.length > 0) throw new UserError(exitCode.usage, faults);
}
