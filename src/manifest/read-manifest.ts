/** Reads back what `withManifest` wrote, and says what is wrong with it where somebody changed it. */
import { exitCode, type Fault, UserError } from '../errors.ts';
import { isObject } from '../spec/json-object.ts';
import { isVersion } from './is-version.ts';
import { basePath, type Manifest, type ManifestEntry, manifestFormat, manifestPath } from './manifest.ts';
import { refuseNewer } from './refuse-newer.ts';

const ownerships = new Map<unknown, ManifestEntry['ownership']>([
  ['managed', 'managed'],
  ['seeded', 'seeded'],
]);
const modes = new Map<unknown, boolean>([
  ['644', false],
  ['755', true],
]);

/** Takes the texts of both files. Throws `UserError` (exit 1) with the command that brings the last good ones back. */
export function readManifest(manifestText: string, baseText: string): Manifest {
  const manifest = parseObject(manifestPath, manifestText);
  const { format, version, files } = manifest;
  if (typeof format === 'number' && format > manifestFormat) {
    throw refuseNewer(version, (writer) => ({
      at: manifestPath,
      message: `it was written by a newer version (${writer}) than this one can read`,
      hint: `Run \`npx create-grpc-aws@${writer}\` instead.`,
    }));
  }
  if (format !== manifestFormat || !isVersion(version) || !isObject(files)) {
    throw refuse(describeDamage(manifestPath, 'it has no format, version and files as this tool writes them'));
  }
  const entries = new Map(Object.entries(files).map(([path, entry]) => [path, readEntry(path, entry)]));
  const base = readBase(baseText);
  checkAgreement(entries, base);
  return { version, files: entries, base };
}

function readEntry(path: string, entry: unknown): ManifestEntry {
  const { ownership, mode } = isObject(entry) ? entry : {};
  const known = ownerships.get(ownership);
  const executable = modes.get(mode);
  if (known === undefined || executable === undefined) {
    throw refuse(
      describeDamage(manifestPath, `the entry of ${path} has no ownership and mode as this tool writes them`),
    );
  }
  return { ownership: known, executable };
}

function readBase(text: string): Map<string, string> {
  const texts = Object.entries(parseObject(basePath, text));
  return new Map(
    texts.map(([path, value]) => {
      if (typeof value !== 'string') {
        throw refuse(describeDamage(basePath, `the entry of ${path} is no text`));
      }
      return [path, value];
    }),
  );
}

/** A base without its entry, or the other way round, would make an update take the user's text for ours. */
function checkAgreement(files: ReadonlyMap<string, ManifestEntry>, base: ReadonlyMap<string, string>): void {
  for (const [path, { ownership }] of files) {
    const isBookkeeping = path === manifestPath || path === basePath;
    if (ownership === 'managed' && !isBookkeeping && !base.has(path)) {
      throw refuse(describeDamage(basePath, `the text of ${path} is missing`));
    }
  }
  for (const path of base.keys()) {
    if (files.get(path)?.ownership !== 'managed') {
      throw refuse(describeDamage(basePath, `${manifestPath} does not list ${path} as managed`));
    }
  }
}

function parseObject(path: string, text: string): Record<string, unknown> {
  let value: unknown;
  try {
    value = JSON.parse(text);
  } catch (cause) {
    throw refuse(describeDamage(path, 'it is not JSON'), cause);
  }
  if (!isObject(value)) {
    throw refuse(describeDamage(path, 'it is no JSON object'));
  }
  return value;
}

function describeDamage(path: string, message: string): Fault {
  return { at: path, message, hint: `Bring back the last good one: \`git checkout HEAD -- ${path}\`.` };
}

function refuse(fault: Fault, cause?: unknown): UserError {
  return new UserError(exitCode.refused, fault, { cause });
}
