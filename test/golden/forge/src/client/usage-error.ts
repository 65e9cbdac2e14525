/** What whoever runs the command can mend: it is told in words, without a stack. */

export class UsageError extends Error {}

/** What `work` returns; what it throws is the fault of the command line. */
export function blameUsage<Result>(work: () => Result, explain = (message: string) => message): Result {
  try {
    return work();
  } catch (error) {
    throw new UsageError(explain((error as Error).message), { cause: error });
  }
}
