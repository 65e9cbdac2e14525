/** A Python with pinned packages from PyPI, installed once into node_modules/.cache. */
import { createHash } from 'node:crypto';
import { mkdirSync, mkdtempSync, readFileSync, renameSync, rmSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { execa } from 'execa';

const cache = fileURLToPath(new URL('../../node_modules/.cache', import.meta.url));
const patience = 180_000;

export interface PythonEnvironment {
  /** Of the environment, or, where that could not be made, the system's own. */
  python: string;
  /** Why it is the system's own. */
  failure?: string;
}

export interface Wanted {
  /** What the folder is called after. */
  name: string;
  /** A file of pins, as pip reads it. */
  requirements: string;
  /** Ends well where the packages are there. */
  program: string;
}

/** Undefined without Python 3. */
export async function makePythonEnvironment(wanted: Wanted): Promise<PythonEnvironment | undefined> {
  const system = await findPython();
  if (system === undefined) return undefined;
  const pins = readFileSync(wanted.requirements, 'utf8');
  const hash = createHash('sha256').update(`${pins}${system.version}`).digest('hex').slice(0, 12);
  const folder = join(cache, `${wanted.name}-${hash}`);
  const cached = pythonIn(folder);
  if ((await askPython(cached, wanted.program)) !== undefined) return { python: cached };
  const failure = await install(system.command, folder, wanted.requirements);
  return failure === undefined ? { python: cached } : { python: system.command, failure };
}

/** What a program prints; undefined where it fails. */
export async function askPython(python: string, program: string): Promise<string | undefined> {
  const { failed, stdout } = await execa(python, ['-c', program], { reject: false });
  return failed ? undefined : stdout.trim();
}

async function findPython(): Promise<{ command: string; version: string } | undefined> {
  for (const command of ['python3', 'python']) {
    const { failed, stdout } = await execa(command, ['--version'], { reject: false });
    if (!failed && stdout.startsWith('Python 3')) return { command, version: stdout };
  }
  return undefined;
}

/** Made aside and renamed when whole: a run that is broken off, or a second one beside it, leaves no half. */
async function install(python: string, folder: string, requirements: string): Promise<string | undefined> {
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

function pythonIn(folder: string): string {
  return process.platform === 'win32' ? join(folder, 'Scripts', 'python.exe') : join(folder, 'bin', 'python');
}
