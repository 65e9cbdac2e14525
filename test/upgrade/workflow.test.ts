import { chmodSync, existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { delimiter, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { execa } from 'execa';
import { describe, expect, test } from 'vitest';
import { parse } from 'yaml';
import { asReleased, cli } from '../golden/emit.ts';
import { makeTemporaryFolder } from '../tree/temporary-folder.ts';
import { copyRepo, put, read } from './upgrade-repo.ts';

interface Job {
  env?: Record<string, string>;
  steps: { id?: string; if?: string; run?: string; uses?: string }[];
}

const root = fileURLToPath(new URL('../..', import.meta.url));
const golden = join(root, 'test/golden/orders');
const { jobs } = parse(read(golden, '.github/workflows/upgrade.yml')) as { jobs: { render: Job; propose: Job } };
const branch = `create-grpc-aws/${asReleased.GRPC_AWS_PACKAGE}`;

/** A repo on a server, as its owner pushed it; GitHub's own programs are played by scripts that note what they are told. */
interface Stage {
  /** Where runs check it out from. */
  remote: string;
  bin: string;
  /** What `gh` was told, a line each; `gh pr create` copies the body beside it. */
  told: string;
}

async function setStage(change: (repo: string) => void = () => {}): Promise<Stage> {
  const folder = makeTemporaryFolder();
  const [repo, remote, bin] = [join(folder, 'orders'), join(folder, 'remote'), join(folder, 'bin')] as const;
  const told = join(folder, 'told');
  copyRepo(join(root, 'test/fixtures/released/0.1.0/orders'), repo);
  change(repo);
  await git(folder, 'init', '--quiet', '--bare', '--initial-branch=main', remote);
  await git(repo, 'init', '--quiet', '--initial-branch=main');
  await git(repo, 'add', '--all');
  await git(repo, 'commit', '--quiet', '--message', 'first');
  await git(repo, 'push', '--quiet', remote, 'main');
  mkdirSync(bin);
  writeProgram(bin, 'npx', `shift 2; exec "${process.execPath}" "${cli}" "$@"`);
  writeProgram(bin, 'npm', 'echo lock > package-lock.json');
  writeProgram(bin, 'node', `exec "${process.execPath}" "$@"`);
  writeProgram(
    bin,
    'gh',
    `echo "$1 $2" >> "${told}"; if [ -n "$8" ]; then cp "$8" "${told}.md"; fi; exit "\${GH_FAILS:-0}"`,
  );
  return { remote, bin, told };
}

function writeProgram(bin: string, name: string, script: string): void {
  writeFileSync(join(bin, name), `#!/bin/sh\n${script}\n`);
  chmodSync(join(bin, name), 0o755);
}

function git(cwd: string, ...args: string[]) {
  return execa('git', ['-c', 'user.name=Test', '-c', 'user.email=test@example.com', ...args], { cwd });
}

interface Ended {
  exitCode: number | undefined;
  all: string;
  outputs: string;
}

/** Checks out and runs the scripts of a job's steps in turn, until one fails. */
async function runJob(stage: Stage, job: Job, temporary: string, env: Record<string, string> = {}): Promise<Ended> {
  const repo = join(makeTemporaryFolder(), 'orders');
  await git(stage.remote, 'clone', '--quiet', stage.remote, repo);
  const output = join(temporary, 'output');
  let all = '';
  let exitCode: number | undefined = 0;
  for (const { run } of job.steps) {
    if (run === undefined || exitCode !== 0) continue;
    const ended = await execa('bash', ['--noprofile', '--norc', '-eo', 'pipefail', '-c', run], {
      cwd: repo,
      all: true,
      reject: false,
      env: {
        ...asReleased,
        ...env,
        PATH: [stage.bin, process.env.PATH].join(delimiter),
        CI: 'true',
        RUNNER_TEMP: temporary,
        GITHUB_OUTPUT: output,
        GITHUB_STEP_SUMMARY: join(temporary, 'summary'),
      },
    });
    all += ended.all;
    exitCode = ended.exitCode;
  }
  return { exitCode, all, outputs: existsSync(output) ? readFileSync(output, 'utf8') : '' };
}

const render = (stage: Stage, temporary: string) => runJob(stage, jobs.render, temporary);
function propose(stage: Stage, temporary: string, env: Record<string, string> = {}) {
  const given = { BRANCH: branch, VERSION: asReleased.GRPC_AWS_PACKAGE, HAS_OWN_TOKEN: 'true', ...env };
  return runJob(stage, jobs.propose, temporary, given);
}

describe.skipIf(process.platform === 'win32')('the emitted workflow upgrade.yml', { timeout: 60_000 }, () => {
  test('opens a pull request with the upgraded repo, and the plan as its text', async () => {
    const [stage, temporary] = [await setStage(), makeTemporaryFolder()];
    const rendered = await render(stage, temporary);
    expect(rendered).toMatchObject({ exitCode: 0, outputs: `version=${asReleased.GRPC_AWS_PACKAGE}\n` });
    expect(await propose(stage, temporary)).toMatchObject({ exitCode: 0 });
    expect(readFileSync(stage.told, 'utf8')).toBe('auth setup-git\npr create\n');
    const body = readFileSync(`${stage.told}.md`, 'utf8');
    expect(body).toContain('\nadded        .projenrc.ts\n');
    expect(body).not.toContain('checks wait');
    const repo = join(makeTemporaryFolder(), 'orders');
    await git(stage.remote, 'clone', '--quiet', '--branch', branch, stage.remote, repo);
    expect(read(repo, '.projenrc.ts')).toBe(read(golden, '.projenrc.ts'));
    expect(read(repo, 'package-lock.json')).toBe('lock\n');
    expect((await execa(process.execPath, [cli, 'upgrade', '--check'], { cwd: repo, env: asReleased })).exitCode).toBe(
      0,
    );
  });

  test('leaves a branch alone that is there', async () => {
    const [stage, temporary] = [await setStage(), makeTemporaryFolder()];
    await render(stage, temporary);
    await propose(stage, temporary);
    const { exitCode, all } = await propose(stage, temporary);
    expect([exitCode, all]).toEqual([0, expect.stringContaining(`The branch ${branch} is there already.`)]);
    expect(readFileSync(stage.told, 'utf8')).toBe('auth setup-git\npr create\nauth setup-git\n');
  });

  test('fails where workflows change and GitHub would refuse its token, and says what that needs', async () => {
    const [stage, temporary] = [await setStage(), makeTemporaryFolder()];
    await render(stage, temporary);
    const { exitCode, all } = await propose(stage, temporary, { HAS_OWN_TOKEN: 'false' });
    expect([exitCode, all]).toEqual([1, expect.stringContaining('::error title=No token for workflows::')]);
    expect((await git(stage.remote, 'branch', '--list')).stdout).toBe('* main');
  });

  test('takes the branch back where no pull request can be opened', async () => {
    const [stage, temporary] = [await setStage(), makeTemporaryFolder()];
    await render(stage, temporary);
    writeProgram(stage.bin, 'gh', 'test "$1" = auth');
    expect((await propose(stage, temporary)).exitCode).toBe(1);
    expect((await git(stage.remote, 'branch', '--list')).stdout).toBe('* main');
  });

  test('fails on conflicts, and proposes nothing', async () => {
    const clash = (repo: string) => put(repo, '.projenrc.ts', 'mine\n');
    const [stage, temporary] = [await setStage(clash), makeTemporaryFolder()];
    const { exitCode, all, outputs } = await render(stage, temporary);
    expect([exitCode, outputs]).toEqual([3, '']);
    expect(all).toContain('conflicting  .projenrc.ts');
    expect(all).toContain('::error title=Conflicts::');
  });

  test('proposes nothing where nothing is new', async () => {
    const [stage, temporary] = [await setStage(), makeTemporaryFolder()];
    await render(stage, temporary);
    await propose(stage, temporary);
    await git(stage.remote, 'update-ref', 'refs/heads/main', `refs/heads/${branch}`);
    const again = makeTemporaryFolder();
    expect(await render(stage, again)).toMatchObject({ exitCode: 0, outputs: '' });
    expect(existsSync(join(again, 'upgrade/upgrade.patch'))).toBe(false);
  });
});

test('what runs the code of packages may write nothing, and each action is a commit', () => {
  const text = read(golden, '.github/workflows/upgrade.yml');
  const { permissions, jobs } = parse(text) as { permissions: object; jobs: Record<string, { permissions: object }> };
  expect(permissions).toEqual({});
  expect(jobs.render?.permissions).toEqual({ contents: 'read' });
  expect(jobs.propose?.permissions).toEqual({ contents: 'write', 'pull-requests': 'write' });
  for (const [, pin] of text.matchAll(/uses: (.*)/g)) expect(pin).toMatch(/^[\w/-]+@[0-9a-f]{40} # v[\d.]+$/);
});
