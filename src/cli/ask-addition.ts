/** What is asked of whoever adds something and did not say all of it. */

import { checkSpec } from '../spec/check-spec.ts';
import { specSchema } from '../spec/schema.ts';
import type { Asker } from './asker.ts';
import { answered, explainRefusal } from './take-answers.ts';

type Kind = 'service' | 'workload';

/** @throws UserError (interrupted) */
export async function askAddition(
  given: { kind?: Kind; name?: string },
  asker: Asker,
): Promise<{ kind: Kind; name: string }> {
  const kind = given.kind ?? (await askKind(asker));
  return { kind, name: given.name ?? (await (kind === 'service' ? askService(asker) : askName(asker))) };
}

async function askKind(asker: Asker): Promise<Kind> {
  return answered(
    await asker.askChoice<Kind>({
      message: 'What is to be added?',
      choices: [
        { value: 'service', title: 'A service', summary: 'handler and test, in a workload that is there' },
        { value: 'workload', title: 'A workload', summary: 'a server of its own, with an image of its own' },
      ],
    }),
  );
}

async function askService(asker: Asker): Promise<string> {
  const message = 'What is its full name, as its proto declares it or is to declare it?';
  const check = async (answer: string) =>
    /^(?:[A-Za-z_]\w*\.)*[A-Za-z_]\w*$/.test(answer) ? undefined : 'A package and a name, with dots between them';
  return answered(await asker.askText({ message, example: 'orders.v1.RefundsService', check }));
}

async function askName(asker: Asker): Promise<string> {
  const { example = 'billing' } = specSchema.properties?.workloads?.items?.properties?.name ?? {};
  const check = (name: string) =>
    explainRefusal(() => checkSpec({ name: 'any', target: 'local', workloads: [{ name, protos: ['any'] }] }));
  return answered(await asker.askText({ message: 'What is it called?', example, check }));
}

/** Which of several workloads serves a new service. @throws UserError (interrupted) */
export async function askWorkload(names: readonly string[], asker: Asker): Promise<string> {
  const choices = names.map((name) => ({ value: name, title: name }));
  return answered(await asker.askChoice({ message: 'Which workload serves it?', choices }));
}
