/** A Python that has moto, which stands in for AWS: installed once into node_modules/.cache, as requirements.txt says. */
import { createHash } from 'node:crypto';
import { mkdirSync, mkdtempSync, readFileSync, renameSync, rmSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { execa } from 'execa';

export interface Moto {
  python: string;
  version: string;
}

const requirements = fileURLToPath(new URL('requirements.txt', import.meta.url));
const cache = fileURLToPath(new URL('../../node_modules/.cache', import.meta.url));
const patience = 180_000;

/** Or why there is none. The packages come from PyPI the first time; where it is out of reach, the system's own may do. */
export async function findMoto(): Promise<Moto | string> {
  const system = await findPython();
  if (system === undefined) return 'Python 3 is not on the PATH';
  const pins = readFileSync(requirements, 'utf8');
  const name = createHash('sha256').update(`${pins}${system.version}`).digest('hex').slice(0, 12);
  const folder = join(cache, `moto-${name}`);
  const wanted = /^moto==(\S+)$/m.exec(pins)?.[1] ?? '';
  const cached = pythonIn(folder);
  if ((await askMoto(cached)) === wanted) return { python: cached, version: wanted };
  const failure = await install(system.command, folder);
  const python = failure === undefined ? cached : system.command;
  const version = await askMoto(python);
  if (version === wanted) return { python, version };
  // What the tests rely on was seen in this series.
  if (version !== undefined && seriesOf(version) === seriesOf(wanted)) return { python, version };
  return `moto ${wanted} could not be installed: ${failure ?? `${version ?? 'nothing'} is there instead`}`;
}

async function findPython(): Promise<{ command: string; version: string } | undefined> {
  for (const command of ['python3', 'python']) {
    const { failed, stdout } = await execa(command, ['--version'], { reject: false });
    if (!failed && stdout.startsWith('Python 3')) return { command, version: stdout };
  }
  return undefined;
}

/** Made aside and renamed when whole: a run that is broken off, or a second one beside it, leaves no half. */
async function install(python: string, folder: string): Promise<string | undefined> {
  mkdirSync(dirname(folder), { recursive: true });
  const aside = mkdtempSync(`${folder}-`);
  try {
    await execa(python, ['-m', 'venv', aside], { timeout: patience });
    const pip = ['-m', 'pip', 'install', '--quiet', '--disable-pip-version-check', '--requirement', requirements];
    await execa(pythonIn(aside), pip, { timeout: patience });
    rmSync(folder, { recursive: true, force: true });
    renameSync(aside, folder);
    return undefined;
  } catch (error) {
    return String((error as { stderr?: string }).stderr || error)
      .trim()
      .split('\n')
      .at(-1);
  } finally {
    rmSync(aside, { recursive: true, force: true });
  }
}

async function askMoto(python: string): Promise<string | undefined> {
  const program = 'import flask, flask_cors, moto; print(moto.__version__)';
  const { failed, stdout } = await execa(python, ['-c', program], { reject: false });
  return failed ? undefined : stdout.trim();
}

function pythonIn(folder: string): string {
  return process.platform === 'win32' ? join(folder, 'Scripts', 'python.exe') : join(folder, 'bin', 'python');
}

function seriesOf(version: string): string {
  return version.split('.').slice(0, 2).join('.');
}
