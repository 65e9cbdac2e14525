/** Which tests hold ours to the cases: what a run of the comparison shows once, they show at every change. */

export interface HoldingTest {
  /** Relative to the root. */
  file: string;
  /** The names around it and its own, as they stand in the file. */
  names: readonly string[];
}

const git = 'test/upgrade/git.test.ts';
const plan = 'test/plan/plan-upgrade.test.ts';
const packageFile = 'test/merge/merge-package.test.ts';
const upgrade = 'test/upgrade/upgrade.test.ts';

/** Title of a case → its test. */
export const holdingTests: Readonly<Record<string, HoldingTest>> = {
  'edits in different places of a file': { file: upgrade, names: ['edits', 'elsewhere in the file survive'] },
  'edits of the same line': {
    file: git,
    names: ['in %s', 'a conflict has its sides in the index, and is taken back without a trace'],
  },
  '`package.json`: a dependency of the user beside one that the version moved': {
    file: packageFile,
    names: ['dependencies stay sorted as npm sorts them where ours are'],
  },
  '`package.json`: both moved the same dependency': {
    file: packageFile,
    names: ['where both moved a range the newer one holds'],
  },
  '`package.json`: both changed the same script': {
    file: packageFile,
    names: ['package.json, grpc-aws.json and the files of projen never get markers: ours stays, and the place is told'],
  },
  '`package.json` indented with tabs by the user': {
    file: 'test/merge/merge-json.test.ts',
    names: ['indentation, compact arrays and the missing final newline of ours are kept'],
  },
  'YAML: a key of the user beside one that the version changed': {
    file: 'test/merge/merge-yaml.test.ts',
    names: ['keys that both sides add at one place are both there, with their comments, and nothing else moves'],
  },
  'a file that the user made executable': { file: plan, names: ['executable bits', 'what the user set stays'] },
  'an executable bit that the version drops': {
    file: plan,
    names: ['executable bits', 'what this version takes away is taken away'],
  },
  'a file with CRLF, which git is told to leave so': {
    file: 'test/merge/line-endings.test.ts',
    names: ['lines of theirs take the ending of ours'],
  },
  'a file without a final newline': {
    file: 'test/merge/merge-text.test.ts',
    names: ['a missing final newline stays missing where that side was not changed'],
  },
  'a file that the user replaced by a binary one': {
    file: git,
    names: ['git', 'has bytes that are no text: they stay, with all sides in the index'],
  },
  'a file that the user replaced by a link': { file: upgrade, names: ['edits', 'of modes and links are kept'] },
  'a file that the user deleted, and the version changed': {
    file: upgrade,
    names: ['edits', 'that delete a file stay'],
  },
  'a file that the user deleted, and the version left alone': { file: plan, names: ['deleted, and nothing new'] },
  'a file that is written once, and the user deleted': {
    file: 'test/upgrade/services.test.ts',
    names: ['a handler that was deleted does not come back'],
  },
  'a file that the version no longer has, and nobody edited': {
    file: upgrade,
    names: ['a repo that nobody edited', 'loses what is no longer emitted, the empty folder too'],
  },
  'a file that the version no longer has, and the user edited': {
    file: upgrade,
    names: ['edits', 'of a file that is no longer emitted keep it'],
  },
  'a new file where the user already has one': {
    file: git,
    names: ['git', 'has a file where a new one comes: a conflict without a base'],
  },
  'a new file where the user has one that was never committed': {
    file: git,
    names: ['git', 'has nothing committed: edits count as not committed'],
  },
  'a file that the version renamed, and the user edited': {
    file: upgrade,
    names: ['edits', 'follow a file that this version calls otherwise'],
  },
  'an edited file that git ignores': { file: git, names: ['git', 'ignores a file: it is merged, and gets no stages'] },
  'edits of the same line, in a subfolder of a monorepo': {
    file: git,
    names: ['in %s', 'a conflict has its sides in the index, and is taken back without a trace'],
  },
  'the version that made the repo can no longer be had': {
    file: 'test/upgrade/released.test.ts',
    names: ['equals a fresh repo of this version after an upgrade, what belongs to its owner apart'],
  },
  'offline, the tool of today installed': {
    file: upgrade,
    names: ['npm install', 'that fails leaves the files, and exit code 1'],
  },
  'uncommitted edits elsewhere, one of them staged': {
    file: git,
    names: ['in %s', 'edits that are not committed stop an upgrade that would write there, and only then'],
  },
  'uncommitted edits of a file that the version changes': {
    file: git,
    names: ['in %s', 'edits that are not committed stop an upgrade that would write there, and only then'],
  },
  'an untouched repo becomes what a new one is': {
    file: upgrade,
    names: ['a repo that nobody edited', 'becomes what a fresh one is'],
  },
  'a second update': {
    file: upgrade,
    names: ['a repo that nobody edited', 'is left alone by a second upgrade, to the last time stamp'],
  },
  'a second update while a conflict is open': {
    file: git,
    names: ['in %s', 'a conflict that is resolved and added lets the next upgrade go on'],
  },
  'taking back an update that ended in a conflict': {
    file: git,
    names: ['in %s', 'a conflict has its sides in the index, and is taken back without a trace'],
  },
  'killed in the middle': {
    file: 'test/upgrade/killed.test.ts',
    names: ['is as before or as after once the next run has ended'],
  },
  'in a subfolder of a monorepo': {
    file: git,
    names: ['in %s', 'edits that are not committed stop an upgrade that would write there, and only then'],
  },
  'in a worktree': {
    file: git,
    names: ['in %s', 'edits that are not committed stop an upgrade that would write there, and only then'],
  },
  'in a shallow clone': {
    file: git,
    names: ['in %s', 'edits that are not committed stop an upgrade that would write there, and only then'],
  },
  'without git': {
    file: git,
    names: ['git', 'is not there at all: the file alone says whether its conflict is resolved'],
  },
};
