/** The refusal of what a newer version wrote: that version can go on, where its name can be trusted. */
import { exitCode, type Fault, UserError } from '../errors.ts';
import { isVersion } from './is-version.ts';

/** @param describe is given what to call the writer by, in words and in commands: its version, or `latest` */
export function refuseNewer(version: unknown, describe: (writer: string) => Fault): UserError {
  return new UserError(exitCode.refused, describe(isVersion(version) ? version : 'latest'));
}
