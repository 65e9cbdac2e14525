/** The command `yarn call`. */

import { runCall } from './call.ts';

process.exitCode = await runCall(process.argv.slice(2), console);
