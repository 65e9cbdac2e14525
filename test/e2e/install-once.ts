/** Before the whole-repo tests: one emitted repo is installed by npm, and lends its node_modules to those like it. */
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { execa } from 'execa';
import type { TestProject } from 'vitest/node';
import { asCheckedOut, emitCase } from '../golden/emit.ts';
import { userShell } from './user-shell.ts';

declare module 'vitest' {
  interface ProvidedContext {
    /** The installed repo. */
    installed: string;
  }
}

export default async function installOnce(project: TestProject): Promise<() => void> {
  const folder = mkdtempSync(join(tmpdir(), 'grpc-aws-installed-'));
  const repo = emitCase({ name: 'orders', flags: [] }, folder, process.execPath, asCheckedOut);
  await execa('npm', ['install'], {
    cwd: repo,
    env: userShell(process.execPath),
    extendEnv: false,
    timeout: 180_000,
  });
  project.provide('installed', repo);
  return () => rmSync(folder, { recursive: true, force: true, maxRetries: 5, retryDelay: 200 });
}
