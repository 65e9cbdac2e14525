/** Shows what would be done to a project that is there, and asks whether to. */
import { toolVersion } from '../tool-version.ts';
import { openAsker } from './open-asker.ts';
import type { Output } from './output.ts';
import { answered } from './take-answers.ts';
import type { World } from './world.ts';

/** @throws UserError (interrupted) */
export async function confirmPlan(title: string, plan: string, world: World, { print }: Output): Promise<boolean> {
  const asker = await openAsker(world);
  try {
    asker.open(`create-grpc-aws ${toolVersion}`);
    asker.tell(title, plan);
    const goesOn = answered(await asker.askYes('Write it?'));
    return goesOn && !world.signal.aborted;
  } finally {
    asker.close();
    print('');
  }
}
