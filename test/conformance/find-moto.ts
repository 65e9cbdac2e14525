/** A Python that has moto, which stands in for AWS, as requirements.txt says. */
import { readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { askPython, makePythonEnvironment } from './python-environment.ts';

export interface Moto {
  python: string;
  version: string;
}

const requirements = fileURLToPath(new URL('requirements.txt', import.meta.url));

/** Or why there is none. The packages come from PyPI the first time; where it is out of reach, the system's own may do. */
export async function findMoto(): Promise<Moto | string> {
  const wanted = /^moto==(\S+)$/m.exec(readFileSync(requirements, 'utf8'))?.[1] ?? '';
  const program = 'import flask, flask_cors, moto; print(moto.__version__)';
  const made = await makePythonEnvironment({ name: 'moto', requirements, program });
  if (made === undefined) return 'Python 3 is not on the PATH';
  const { python, failure } = made;
  const version = await askPython(python, program);
  if (version === wanted) return { python, version };
  // What the tests rely on was seen in this series.
  if (version !== undefined && seriesOf(version) === seriesOf(wanted)) return { python, version };
  return `moto ${wanted} could not be installed: ${failure ?? `${version ?? 'nothing'} is there instead`}`;
}

function seriesOf(version: string): string {
  return version.split('.').slice(0, 2).join('.');
}
