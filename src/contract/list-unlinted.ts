/** Which protos `buf lint` leaves alone. */
import type { CollectedProtos } from './collect-protos.ts';

/** Every proto that was brought along, Google's as one folder: what real APIs look like is not what buf's rules want. */
export function listUnlinted({ files, googleApis }: Pick<CollectedProtos, 'files' | 'googleApis'>): string[] {
  const own = files.map(({ path }) => path).filter((path) => !googleApis.includes(path));
  return googleApis.length > 0 ? [...own, 'google'].sort() : own;
}
