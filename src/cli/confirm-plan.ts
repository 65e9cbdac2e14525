/** Shows what would be done to a project that is there, and asks whether to. */
import { toolVersion } from '../tool-version.ts';
import type { Asker } from './asker.ts';
import { openAsker } from './open-asker.ts';
import type { Output } from './output.ts';
import { answered } from './take-answers.ts';
import type { World } from './world.ts';

/** @throws UserError (interrupted) */
export async function confirmPlan(title: string, plan: string, world: World, { print }: Output): Promise<boolean> {
  const asker = await openAsker(world);
  try {
    asker.open(`create-grpc-aws ${toolVersion}`);
    return await askToWrite(title, plan, asker, world);
  } finally {
    asker.close();
    print('');
  }
}

/** The same of whoever is being asked already. @throws UserError (interrupted) */
export async function askToWrite(title: string, plan: string, asker: Asker, { signal }: World): Promise<boolean> {
  asker.tell(title, plan);
  const goesOn = answered(await asker.askYes('Write it?'));
  return goesOn && !signal.aborted;
}
