/** What a test hands to `create`: the real disk, no templates, and programs that only note their calls. */
import { execFile } from 'node:child_process';
import type { CreationPorts, ProgramCall, ProgramEnd, RunProgram } from '../../src/create/ports.ts';
import type { CreationRequest } from '../../src/create/prepare-creation.ts';
import { openDisk } from '../../src/tree/disk.ts';
import { openProtoDisk } from '../../src/tree/proto-disk.ts';

export interface TestPorts extends CreationPorts {
  /** `npm install --no-audit`, … in order. */
  calls: string[];
  /** `install: begins`, `install: succeeds`, … in order. */
  steps: string[];
}

/** `answer` says how each program ends; without one all end well. */
export function openPorts(
  cwd: string,
  answer: (call: ProgramCall) => Partial<ProgramEnd> | undefined = () => undefined,
) {
  const calls: string[] = [];
  const steps: string[] = [];
  const ports: TestPorts = {
    calls,
    steps,
    disk: openDisk(),
    protoDisk: openProtoDisk(cwd),
    templates: { files: {}, partials: {} },
    toolVersion: '0.1.0',
    signal: new AbortController().signal,
    async runProgram(call) {
      calls.push([call.program, ...call.args].join(' '));
      return { exitCode: 0, output: '', ...answer(call) };
    },
    watchStep(step) {
      steps.push(`${step}: begins`);
      return {
        update: (line) => steps.push(`${step}: ${line}`),
        succeed: () => steps.push(`${step}: succeeds`),
        fail: () => steps.push(`${step}: fails`),
      };
    },
  };
  return ports;
}

export function request(directory: string, changes: Partial<CreationRequest> = {}): CreationRequest {
  const repo = { name: 'orders', target: 'local', packageReference: '1.2.3' } as const;
  const workloads = [{ name: 'orders', protos: [] }];
  return { directory, ...repo, workloads, install: true, git: true, dryRun: false, ...changes };
}

/** Runs git itself, with no configuration but `env`; npm only writes a lockfile. */
export function runWithGit(env: Record<string, string>, writeLockfile: (cwd: string) => void): RunProgram {
  return ({ program, args, cwd }) => {
    if (program === 'npm') {
      writeLockfile(cwd);
      return Promise.resolve({ exitCode: 0, output: '' });
    }
    const bare = { PATH: process.env.PATH ?? '', HOME: cwd, GIT_CONFIG_NOSYSTEM: '1', GIT_CONFIG_GLOBAL: '/dev/null' };
    return new Promise((resolve) => {
      execFile(program, [...args], { cwd, env: { ...bare, ...env } }, (error, stdout, stderr) => {
        const output = stdout + stderr;
        if (error !== null && typeof error.code !== 'number') {
          resolve({ exitCode: undefined, startFault: error.message, output });
        } else {
          resolve({ exitCode: error === null ? 0 : Number(error.code), output });
        }
      });
    });
  };
}
