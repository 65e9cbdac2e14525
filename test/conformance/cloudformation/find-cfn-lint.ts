/** cfn-lint, which knows every property of every resource, as requirements.txt says. */
import { readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { execa } from 'execa';
import { askPython, makePythonEnvironment } from '../python-environment.ts';

const requirements = fileURLToPath(new URL('requirements.txt', import.meta.url));

/** Or why there is none: what it says of another version is nothing to rely on. */
export async function findCfnLint(): Promise<{ python: string } | string> {
  const wanted = /^cfn-lint==(\S+)$/m.exec(readFileSync(requirements, 'utf8'))?.[1] ?? '';
  const program = 'import cfnlint.version; print(cfnlint.version.__version__)';
  const made = await makePythonEnvironment({ name: 'cfn-lint', requirements, program });
  if (made === undefined) return 'Python 3 is not on the PATH';
  const { python, failure } = made;
  const version = await askPython(python, program);
  if (version === wanted) return { python };
  return `cfn-lint ${wanted} could not be installed: ${failure ?? `${version ?? 'nothing'} is there instead`}`;
}

/** What it says of these files, a line each: errors, warnings and what it only remarks. */
export async function runCfnLint(python: string, region: string, files: readonly string[]): Promise<string[]> {
  const options = ['--include-checks', 'I', '--format', 'parseable', '--regions', region];
  const program = 'import sys; from cfnlint.runner import main; sys.exit(main())';
  const { stdout, stderr, exitCode } = await execa(python, ['-c', program, ...options, '--', ...files], {
    reject: false,
  });
  const lines = `${stdout}\n${stderr}`.split('\n').filter((line) => line.trim() !== '');
  return exitCode === 0 || lines.length > 0 ? lines : [`cfn-lint ended with ${exitCode}`];
}
