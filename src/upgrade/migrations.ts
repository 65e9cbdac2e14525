/** What versions moved: without these lines an edit would stay behind in a file that is no longer emitted. */
import type { Migration } from '../plan/upgrade-plan.ts';

/** In order of version. */
export const migrations: readonly Migration[] = [];
