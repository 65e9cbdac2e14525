/** The command `npm run call`. */

import { runCall } from './call.ts';

process.exitCode = await runCall(process.argv.slice(2), console);
