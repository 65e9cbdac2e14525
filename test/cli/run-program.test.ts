import { tmpdir } from 'node:os';
import { expect, it, vi } from 'vitest';
import { runProgram } from '../../src/cli/run-program.ts';

const here = { cwd: tmpdir(), signal: new AbortController().signal };

it('gives every line as it comes, and how the program ended', async () => {
  const lines: string[] = [];
  const script = 'console.log("one"); console.error("two"); process.exitCode = 3';
  const onLine = (line: string) => lines.push(line);
  const end = await runProgram({ ...here, program: process.execPath, args: ['-e', script], onLine });
  expect(lines.toSorted()).toEqual(['one', 'two']);
  expect(end).toMatchObject({ exitCode: 3 });
});

it('hands over bytes, and gives back stdout alone with every character that was in it', async () => {
  const script = 'console.error("aside"); process.stdin.pipe(process.stdout)';
  const input = Buffer.from('a\0b "ü"\r\n\n');
  const end = await runProgram({ ...here, program: process.execPath, args: ['-e', script], input });
  expect(end).toMatchObject({ exitCode: 0, stdout: 'a\0b "ü"\r\n\n' });
});

it('finds npm on every system', async () => {
  const end = await runProgram({ ...here, program: 'npm', args: ['--version'] });
  expect(end.exitCode).toBe(0);
  expect(end.output).toMatch(/^\d+\.\d+\.\d+$/m);
});

it('says why a program could not be started', async () => {
  const end = await runProgram({ ...here, program: 'no-such-program-here', args: [] });
  expect(end.exitCode).toBeUndefined();
  expect(end.startFault).toContain('ENOENT');
});

it('ends a program that is going on when it is aborted', async () => {
  const interruption = new AbortController();
  const end = await runProgram({
    cwd: tmpdir(),
    signal: interruption.signal,
    program: process.execPath,
    args: ['-e', 'console.log("started"); setInterval(() => {}, 1000)'],
    onLine: () => interruption.abort(),
  });
  expect(end).toMatchObject({ exitCode: undefined, output: 'started' });
});

it('gives a program no input to wait for', async () => {
  const end = await runProgram({ ...here, program: process.execPath, args: ['-e', 'process.stdin.resume()'] });
  expect(end.exitCode).toBe(0);
});

it('does not tell git of the repo whose hook we may be running in', async () => {
  vi.stubEnv('GIT_DIR', '/elsewhere/.git');
  vi.stubEnv('GIT_AUTHOR_NAME', 'Ada');
  try {
    const script = 'console.log(process.env.GIT_DIR, process.env.GIT_AUTHOR_NAME)';
    const end = await runProgram({ ...here, program: process.execPath, args: ['-e', script] });
    expect(end.output).toBe('undefined Ada');
  } finally {
    vi.unstubAllEnvs();
  }
});
