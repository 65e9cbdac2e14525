/** Who asks: prompts that redraw, or plain lines. Each is loaded only when it is needed. */
import type { Asker } from './asker.ts';
import { isPlain, type World } from './world.ts';

export async function openAsker(world: World): Promise<Asker> {
  if (isPlain(world)) return (await import('./ask-plainly.ts')).askPlainly(world);
  return (await import('./ask-with-clack.ts')).askWithClack(world);
}
