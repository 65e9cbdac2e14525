/** copier, with templates made from a repo of ours. */
import { createHash } from 'node:crypto';
import { existsSync, mkdirSync, readFileSync, renameSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { execa } from 'execa';
import { toTemplate } from './copier-template.ts';
import { type Emitted, makeOlder, type Older, writeFiles } from './older.ts';
import { git, run } from './run-quietly.ts';
import type { Subject, Tool } from './tool.ts';

const requirements = fileURLToPath(new URL('requirements.txt', import.meta.url));
const cache = fileURLToPath(new URL('../../node_modules/.cache/', import.meta.url));
const [oldTag, newTag] = ['1.0.0', '1.1.0'];

/** Installs the pinned copier from PyPI, once for each change of the pins. Returns its program. Needs Python with venv. */
export async function installCopier(): Promise<string> {
  const pins = createHash('sha256').update(readFileSync(requirements)).digest('hex').slice(0, 12);
  const home = join(cache, `copier-${pins}`);
  const bin = join(home, process.platform === 'win32' ? 'Scripts' : 'bin');
  const program = join(bin, 'copier');
  if (existsSync(program)) return program;
  rmSync(home, { recursive: true, force: true });
  await execa(process.platform === 'win32' ? 'python' : 'python3', ['-m', 'venv', home]);
  await execa(join(bin, 'python'), ['-m', 'pip', 'install', '--quiet', '--no-deps', '-r', requirements]);
  return program;
}

/** `home` is an empty folder for its templates: one for each repo that is created. */
export function useCopier(program: string, subject: Subject, home: string): Tool {
  let count = 0;
  const makeTemplate = (older: Older) => {
    const template = join(home, `template-${count++}`);
    mkdirSync(template, { recursive: true });
    git(template, 'init', '--quiet');
    tagFiles(template, oldTag, makeOlder(subject.files, older), subject);
    git(template, 'rm', '-r', '--quiet', '.');
    tagFiles(template, newTag, subject.files, subject);
    return template;
  };
  const copy = (template: string, tag: string, folder: string) => {
    const answers = ['--defaults', '--quiet', '--data', `name=${subject.name}`];
    return [program, 'copy', ...answers, '--vcs-ref', tag, template, folder] as const;
  };
  const newest = makeTemplate({});
  return {
    name: 'copier',
    create: (older, folder) => run(copy(makeTemplate(older), oldTag, folder), home),
    scaffold: (parent) => copy(newest, newTag, join(parent, subject.name)),
    update: [program, 'update', '--defaults', '--quiet'],
    loseOldVersion: (repo) => git(findTemplate(repo), 'tag', '--delete', oldTag),
    goOffline: (repo) => renameSync(findTemplate(repo), `${findTemplate(repo)}-out-of-reach`),
  };
}

function tagFiles(template: string, tag: string, files: Emitted, subject: Subject): void {
  writeFiles(template, toTemplate(files, subject));
  // What the template's own .gitignore names is in it all the same.
  git(template, 'add', '--all', '--force', '.');
  git(template, 'commit', '--quiet', '--allow-empty', '--message', tag);
  git(template, 'tag', tag);
}

function findTemplate(repo: string): string {
  const source = /^_src_path: (.+)$/m.exec(readFileSync(join(repo, '.copier-answers.yml'), 'utf8'))?.[1];
  if (source === undefined) throw new Error('copier left no address of its template');
  return source;
}
