/** A world for tests: streams in memory, a terminal or none, and whatever else the test sets. */
import { PassThrough, Writable } from 'node:stream';
import { fileURLToPath } from 'node:url';
import { readTemplates } from '../../scripts/read-templates.ts';
import type { World } from '../../src/cli/world.ts';
import { compileTemplates } from '../../src/render/compile-templates.ts';

const templates = compileTemplates(readTemplates(fileURLToPath(new URL('../../templates', import.meta.url))));

export interface TestWorld extends World {
  /** Everything written so far. */
  told: { stdout: string; stderr: string };
  /** Programs that were run: `npm install --no-audit`, … */
  calls: string[];
  /** Answers at the terminal, a line each. */
  type(...lines: readonly string[]): void;
  interrupt(): void;
}

export function createWorld({
  isTerminal = false,
  columns = 80,
  ...given
}: Partial<World> & { isTerminal?: boolean; columns?: number } = {}): TestWorld {
  const calls: string[] = [];
  const told = { stdout: '', stderr: '' };
  const interruption = new AbortController();
  const stdin = Object.assign(new PassThrough(), { isTTY: isTerminal, setRawMode() {} });
  const write = (name: 'stdout' | 'stderr') =>
    Object.assign(
      new Writable({
        write(chunk: Buffer, _encoding, done) {
          told[name] += chunk.toString();
          done();
        },
      }),
      { isTTY: isTerminal, columns },
    );
  return {
    env: {},
    cwd: '/projects',
    packageFolder: '/cache/node_modules/create-grpc-aws',
    platform: 'linux',
    nodeVersion: 'v20.19.0',
    arch: 'x64',
    stdin,
    stdout: write('stdout'),
    stderr: write('stderr'),
    signal: interruption.signal,
    loadTemplates: async () => templates,
    runProgram: async ({ program, args }) => {
      calls.push([program, ...args].join(' '));
      return { exitCode: 0, output: '' };
    },
    ...given,
    told,
    calls,
    type: (...lines) => {
      for (const line of lines) stdin.write(`${line}\n`);
    },
    interrupt: () => interruption.abort(),
  };
}
