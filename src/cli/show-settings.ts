/** What holds for a new project beside its files: the settings that were said, and the defaults of the others. */
import type { CreationRequest } from '../create/create.ts';
import { fillSettings } from '../spec/fill-settings.ts';
import type { Style } from './style.ts';

/** A line for each setting of the target, what was not said in a lighter shade. */
export function showSettings(
  { target, settings = {} }: Pick<CreationRequest, 'target' | 'settings'>,
  style: Style,
): string[] {
  const filled = Object.entries(fillSettings(target, settings));
  const width = Math.max(...filled.map(([name]) => name.length), 0);
  return filled.map(([name, value]) => {
    const line = `${name.padEnd(width)}  ${[value].flat().join(', ')}`;
    return Object.hasOwn(settings, name) ? line : style.dim(line);
  });
}
