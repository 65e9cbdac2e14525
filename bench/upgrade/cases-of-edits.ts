/** Cases of one file that a version and a user both changed. */
import { chmodSync, lstatSync, mkdirSync, renameSync, statSync, symlinkSync } from 'node:fs';
import { join } from 'node:path';
import { type After, type Case, type Finding, findFailure, fine, update, wrong } from './case.ts';
import { append, changeJson, editJson, type PackageFile, rewrite } from './edits.ts';
import { editLine, expectBoth, expectConflict, hasConflict, olderLine, tellConflict, withOlderLine } from './judge.ts';

const file = 'Dockerfile';
const older = { texts: { [file]: withOlderLine } };
const manifest = 'package.json';
const moveRange = (range: string) => (value: PackageFile) => {
  value.devDependencies.tsx = range;
};
const olderRange = { texts: { [manifest]: (now: string) => changeJson(now, moveRange('4.0.0')) } };
const swapFirstLine = (line: string) => (text: string) => text.replace(/^.*\n/, `${line}\n`);

export const casesOfEdits: readonly Case[] = [
  update({ title: 'edits in different places of a file', older, edit: append(file), judge: expectBoth(file) }),
  update({
    title: 'edits of the same line',
    known: 'copier exits 0; #1833: merge tools see no conflict',
    older,
    edit: rewrite(file, swapFirstLine(editLine)),
    judge: expectConflict(file, editLine),
  }),
  update({
    title: '`package.json`: a dependency of the user beside one that the version moved',
    older: olderRange,
    edit: editJson(manifest, (value) => {
      value.devDependencies['tsx-watcher'] = '1.0.0';
      value.devDependencies['ts-reset'] = '1.0.0';
    }),
    judge: expectPackage((value, tsx) => value.devDependencies['tsx-watcher'] === '1.0.0' && tsx !== '4.0.0'),
  }),
  update({
    title: '`package.json`: both moved the same dependency',
    known: 'Renovate does',
    older: olderRange,
    edit: editJson(manifest, moveRange('99.0.0')),
    judge: expectPackage((_, tsx) => tsx === '99.0.0'),
  }),
  update({
    title: '`package.json`: both changed the same script',
    older: { texts: { [manifest]: (now: string) => changeJson(now, (value) => setStart(value, 'node old.mjs')) } },
    edit: editJson(manifest, (value) => setStart(value, 'node mine.mjs')),
    judge: (after) => {
      const value = parsePackage(after);
      if (value === undefined) return wrong('leaves markers in it: npm no longer reads it');
      if (value.scripts.start !== 'node mine.mjs') return wrong('loses the edit');
      if (!hasConflict(after, manifest)) return findFailure(after) ?? wrong('does not tell the conflict');
      const says = tellConflict(after, manifest);
      return { fine: says === 'no markers, index stages, exit 3', says: `stays readable; ${says}` };
    },
  }),
  update({
    title: '`package.json` indented with tabs by the user',
    older: olderRange,
    edit: editJson(manifest, () => {}, '\t'),
    judge: expectPackage((_, tsx, text) => tsx !== '4.0.0' && text.includes('\n\t"')),
  }),
  update({
    title: 'YAML: a key of the user beside one that the version changed',
    older: { texts: { 'compose.yaml': (now) => now.replace('interval: 5s', 'interval: 9s') } },
    edit: rewrite('compose.yaml', (text) => text.replace('interval: 9s\n', `interval: 9s\n      start_interval: 1s\n`)),
    judge: expectBoth('compose.yaml', 'start_interval: 1s', 'interval: 9s'),
  }),
  update({
    title: 'a file that the user made executable',
    known: '#2604',
    older,
    edit: (repo) => chmodSync(join(repo, file), 0o755),
    judge: expectMode(0o100, 'keeps the bit', 'loses the bit'),
  }),
  update({
    title: 'an executable bit that the version drops',
    known: '#2604',
    older: { executable: [file] },
    judge: expectMode(0, 'drops it', 'leaves it'),
  }),
  update({
    title: 'a file with CRLF, which git is told to leave so',
    older,
    edit: (repo) => {
      append('.gitattributes', `${file} -text`)(repo);
      rewrite(file, (text) => `${text}${editLine}\n`.replaceAll('\n', '\r\n'))(repo);
    },
    judge: (after) => {
      const found = expectBoth(file)(after);
      const lines = after.read(file)?.split('\n').slice(0, -1) ?? [];
      const kept = lines.filter((line) => line.endsWith('\r')).length;
      if (!found.fine || kept === lines.length) return found;
      return wrong(kept === 0 ? 'keeps both, turns CRLF into LF' : 'keeps both, mixes CRLF and LF');
    },
  }),
  update({
    title: 'a file without a final newline',
    older,
    edit: rewrite(file, (text) => `${text}${editLine}`),
    judge: (after) => {
      const found = expectBoth(file)(after);
      return found.fine && after.read(file)?.endsWith('\n') ? wrong('keeps both, adds a newline') : found;
    },
  }),
  update({
    title: 'a file that the user replaced by a binary one',
    older,
    edit: rewrite(file, () => new Uint8Array([0x89, 0x50, 0x4e, 0x47, 0, 0xff, 0xfe, 10])),
    judge: (after) => {
      const kept = after.read(file)?.startsWith('\ufffdPNG\0') === true;
      if (!kept) return wrong('loses the file of the user');
      if (after.read(file)?.includes('#')) return wrong('writes text into the binary file');
      if (hasConflict(after, file)) return { fine: after.code === 3, says: `keeps it: ${tellConflict(after, file)}` };
      return findFailure(after) ?? wrong('keeps it, and does not tell');
    },
  }),
  update({
    title: 'a file that the user replaced by a link',
    older,
    edit: (repo) => {
      mkdirSync(join(repo, 'docker'));
      renameSync(join(repo, file), join(repo, 'docker', file));
      symlinkSync(join('docker', file), join(repo, file));
    },
    judge: (after) => {
      if (!lstatSync(join(after.repo, file)).isSymbolicLink()) return wrong('replaces the link by a file');
      if (!after.read(join('docker', file))?.includes(olderLine)) return wrong('writes through the link');
      return findFailure(after) ?? fine('keeps the link');
    },
  }),
];

function expectPackage(holds: (value: PackageFile, tsx: string | undefined, text: string) => boolean) {
  return (after: After): Finding => {
    const value = parsePackage(after);
    if (value === undefined) return wrong('leaves markers in it: npm no longer reads it');
    const failure = findFailure(after);
    if (failure !== undefined) return failure;
    return holds(value, value.devDependencies.tsx, after.read(manifest) ?? '')
      ? fine('keeps both')
      : wrong('loses one of them');
  };
}

function parsePackage(after: After): PackageFile | undefined {
  try {
    return JSON.parse(after.read(manifest) ?? '') as PackageFile;
  } catch {
    return undefined;
  }
}

function expectMode(wanted: number, kept: string, lost: string) {
  return (after: After): Finding => {
    const mode = statSync(join(after.repo, file)).mode & 0o100;
    return findFailure(after) ?? (mode === wanted ? fine(kept) : wrong(lost));
  };
}

function setStart(value: PackageFile, command: string): void {
  value.scripts.start = command;
}
