/** How a step ended that came after the files. */
import type { StepOutcome } from '../steps/step-outcome.ts';
import { type Output, tame } from './output.ts';

/** Nothing where it went as it should. */
export function tellOutcome(step: string, outcome: StepOutcome, { errorStyle, print, complain }: Output): void {
  if (outcome.status === 'done' || (outcome.status === 'skipped' && outcome.reason === 'as asked')) return;
  if (outcome.status === 'skipped') {
    print(`  ${step}: not run, ${tame(outcome.reason)}`);
    return;
  }
  if (outcome.status === 'failed' && outcome.output !== '') complain(tame(outcome.output));
  const { message, hint } = outcome.fault;
  // Without a first commit the repo is whole, and the exit code says so.
  const label = step === 'git' ? errorStyle.yellow('warning: ') : errorStyle.red('error: ');
  complain(`${label}${tame(message)}`);
  if (hint !== undefined) complain(`  ${errorStyle.cyan('hint:')} ${tame(hint)}`);
}
