/** Yeoman prints the message of what is thrown and nothing else of it: what would mend a fault goes in there. */
import { UserError } from 'create-grpc-aws';

/** What `action` returns, or throws, as the command line words it. */
export async function showHints(action) {
  try {
    return await action();
  } catch (error) {
    if (!(error instanceof UserError)) throw error;
    const faults = error.faults.map(({ message, hint, ...fault }) => {
      return { ...fault, message: hint === undefined ? message : `${message}\n  hint: ${hint}` };
    });
    throw new UserError(error.code, faults, { cause: error });
  }
}
