/**
 * The first file that runs. It refuses a Node that is too old, and answers `--version` and `--help`, which are asked for
 * often and need nothing else; everything beyond that is in `main.ts`.
 */
import { toolVersion } from '../tool-version.ts';
import { writeHelp } from './help.ts';

const [major = 0, minor = 0] = process.versions.node.split('.').map(Number);
const only = process.argv.length === 3 ? process.argv[2] : undefined;

// Whoever reads our output may stop reading (`| head`); that is no failure of ours.
for (const stream of [process.stdout, process.stderr]) {
  stream.on('error', (error: NodeJS.ErrnoException) => {
    if (error.code !== 'EPIPE') throw error;
  });
}

if (major < 20 || (major === 20 && minor < 19)) {
  process.stderr.write(
    `create-grpc-aws needs Node 20.19 or later; this is ${process.versions.node}.\nInstall a current Node: https://nodejs.org\n`,
  );
  process.exitCode = 1;
} else if (only === '--version' || only === '-v') process.stdout.write(`${toolVersion}\n`);
else if (only === '--help' || only === '-h') process.stdout.write(writeHelp(toolVersion));
else void import('./main.ts');
