/** Every target that this version offers; one that is not proven is not here. */
import type { TargetId } from '../spec/spec.ts';
import { local } from './local.ts';
import type { Target } from './target.ts';

export const targets: Record<TargetId, Target> = { local };
