import { chmodSync, existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { delimiter, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { execa } from 'execa';
import { describe, expect, test } from 'vitest';
import { parse } from 'yaml';
import { asReleased, cli } from '../golden/emit.ts';
import { makeTemporaryFolder } from '../tree/temporary-folder.ts';
import { copyRepo, edit, put, read } from './upgrade-repo.ts';

interface Job {
  env?: Record<string, string>;
  environment?: string;
  steps: { id?: string; if?: string; run?: string; uses?: string; env?: Record<string, string> }[];
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

/** As its owner has it after an upgrade that brought `upgrade.yml`, and who does not want that here. */
function listUpgradeWorkflow(repo: string): void {
  const path = '.github/workflows/upgrade.yml';
  edit(repo, '.grpc-aws/manifest.json', (text) =>
    text.replace('"files": {\n', `$&    "${path}": { "ownership": "managed", "mode": "644" },\n`),
  );
  edit(repo, '.grpc-aws/base.json', (text) =>
    text.replace('{\n', `{\n"${path}":${JSON.stringify('name: upgrade\n')},\n`),
  );
}

async function setStage(change: (repo: string) => void = listUpgradeWorkflow): Promise<Stage> {
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
    'git',
    `[ "$1" = push ] && echo "push $GH_TOKEN" >> "${told}"; PATH='${process.env.PATH}' exec git "$@"`,
  );
  writeProgram(bin, 'yq', `exec "${process.execPath}" --eval '${printTriggers}' "${import.meta.dirname}"`);
  writeProgram(
    bin,
    'gh',
    `echo "$1 $2 \${GH_TOKEN}" >> "${told}"; if [ -n "$8" ]; then cp "$8" "${told}.md"; fi; exit "\${GH_FAILS:-0}"`,
  );
  return { remote, bin, told };
}

/** What `yq --exit-status --output-format=json .on` does with its input. */
const printTriggers = `
  const { parse } = require("node:module").createRequire(process.argv[1] + "/")("yaml");
  const triggers = parse(require("node:fs").readFileSync(0, "utf8")).on;
  console.log(JSON.stringify(triggers, null, 2));
  process.exit(triggers === undefined || triggers === null ? 1 : 0);`;

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
  const given = {
    BRANCH: branch,
    VERSION: asReleased.GRPC_AWS_PACKAGE,
    GH_TOKEN: 'weak',
    UPGRADE_TOKEN: 'strong',
    ...env,
  };
  return runJob(stage, jobs.propose, temporary, given);
}

/** What the other job hands over, made by whoever likes. */
async function writePatch(stage: Stage, temporary: string, change: (repo: string) => void): Promise<void> {
  const repo = join(makeTemporaryFolder(), 'orders');
  await git(stage.remote, 'clone', '--quiet', stage.remote, repo);
  change(repo);
  await git(repo, 'add', '--all');
  const { stdout } = await git(repo, 'diff', '--cached', '--binary');
  put(temporary, 'upgrade/upgrade.patch', `${stdout}\n`);
  put(temporary, 'upgrade/plan.txt', 'added notes.txt\n');
}

describe.skipIf(process.platform === 'win32')('the emitted workflow upgrade.yml', { timeout: 60_000 }, () => {
  test('opens a pull request with the upgraded repo, and the plan as its text', async () => {
    const [stage, temporary] = [await setStage(), makeTemporaryFolder()];
    const rendered = await render(stage, temporary);
    expect(rendered).toMatchObject({ exitCode: 0, outputs: `version=${asReleased.GRPC_AWS_PACKAGE}\n` });
    expect(await propose(stage, temporary)).toMatchObject({ exitCode: 0 });
    expect(readFileSync(stage.told, 'utf8')).toBe('auth setup-git weak\npush strong\npr create weak\n');
    const body = readFileSync(`${stage.told}.md`, 'utf8');
    expect(body).toContain('\nadded        .projenrc.ts\n');
    expect(body).toMatch(/\n\n~~~~\n\nIts checks wait until somebody approves them/);
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
    expect(readFileSync(stage.told, 'utf8')).toBe(
      'auth setup-git weak\npush strong\npr create weak\nauth setup-git weak\n',
    );
  });

  test('fails where workflows change and GitHub would refuse its token, and says what that needs', async () => {
    const [stage, temporary] = [await setStage(), makeTemporaryFolder()];
    await render(stage, temporary);
    const { exitCode, all } = await propose(stage, temporary, { UPGRADE_TOKEN: '' });
    expect([exitCode, all]).toEqual([1, expect.stringContaining('::error title=No token for workflows::')]);
    expect((await git(stage.remote, 'branch', '--list')).stdout).toBe('* main');
  });

  test('pushes with the token of the workflow where no workflow changes', async () => {
    const [stage, temporary] = [await setStage(), makeTemporaryFolder()];
    await writePatch(stage, temporary, (repo) => put(repo, 'notes.txt', 'new\n'));
    expect(await propose(stage, temporary, { UPGRADE_TOKEN: '' })).toMatchObject({ exitCode: 0 });
    expect(readFileSync(stage.told, 'utf8')).toBe('auth setup-git weak\npush weak\npr create weak\n');
  });

  const build = '.github/workflows/build.yml';
  const hostile: [string, string, (repo: string) => void][] = [
    ['a new workflow', '.github/workflows/leak.yml', (repo) => put(repo, '.github/workflows/leak.yml', 'on: push\n')],
    [
      'a new workflow that its own manifest lists',
      '.github/workflows/leak.yml',
      (repo) => {
        put(repo, '.github/workflows/leak.yml', 'on: push\n');
        edit(repo, '.grpc-aws/manifest.json', (text) => text.replaceAll('workflows/build.yml', 'workflows/leak.yml'));
      },
    ],
    ['a new action', '.github/actions/leak/action.yml', (repo) => put(repo, '.github/actions/leak/action.yml', 'a\n')],
    ['a workflow with other triggers', build, (repo) => edit(repo, build, (text) => text.replace('[main]', '["**"]'))],
    ['a workflow without triggers', build, (repo) => edit(repo, build, (text) => text.replace('on:', 'ON:'))],
    ['a workflow that is none', build, (repo) => put(repo, build, '{')],
    [
      'one that was deleted',
      '.github/workflows/upgrade.yml',
      (repo) => put(repo, '.github/workflows/upgrade.yml', 'on: push\n'),
    ],
  ];
  test.each(hostile)('pushes nothing with %s', async (_, path, change) => {
    const [stage, temporary] = [await setStage(), makeTemporaryFolder()];
    await writePatch(stage, temporary, change);
    const { exitCode, all } = await propose(stage, temporary);
    expect([exitCode, all]).toEqual([1, expect.stringContaining(`::error title=To be read first::${path} is new or`)]);
    expect(readFileSync(stage.told, 'utf8')).toBe('auth setup-git weak\n');
  });

  test('cuts a plan that is too long for a description, and its block still ends', async () => {
    const [stage, temporary] = [await setStage(), makeTemporaryFolder()];
    await writePatch(stage, temporary, (repo) => put(repo, 'notes.txt', 'new\n'));
    writeFileSync(join(temporary, 'upgrade/plan.txt'), `\`\`\`\n${'kept\n'.repeat(20_000)}`);
    expect(await propose(stage, temporary)).toMatchObject({ exitCode: 0 });
    const body = readFileSync(`${stage.told}.md`, 'utf8');
    expect(body.length).toBeLessThan(65_536);
    expect(body).toMatch(/\n~~~~text\n```\nkept\n[^~]*\n~~~~\n\nIts checks/);
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

test('only the step that pushes has tokens, and its own one is of an environment', () => {
  expect(jobs.propose.environment).toBe('upgrade');
  expect([jobs.render.env, jobs.propose.env]).toEqual([undefined, undefined]);
  expect(JSON.stringify(jobs.render)).not.toMatch(/secrets\.|github\.token/);
  const given = jobs.propose.steps.filter((step) => /secrets\.|github\.token/.test(JSON.stringify(step)));
  expect(given.map(({ env }) => env)).toEqual([
    expect.objectContaining({ GH_TOKEN: '${{ github.token }}', UPGRADE_TOKEN: '${{ secrets.UPGRADE_TOKEN }}' }),
  ]);
});

test('what runs the code of packages may write nothing, and each action is a commit', () => {
  const text = read(golden, '.github/workflows/upgrade.yml');
  const { permissions, jobs } = parse(text) as { permissions: object; jobs: Record<string, { permissions: object }> };
  expect(permissions).toEqual({});
  expect(jobs.render?.permissions).toEqual({ contents: 'read' });
  expect(jobs.propose?.permissions).toEqual({ contents: 'write', 'pull-requests': 'write' });
  for (const [, pin] of text.matchAll(/uses: (.*)/g)) expect(pin).toMatch(/^[\w/-]+@[0-9a-f]{40} # v[\d.]+$/);
});
