/** Tells a refusal of the operating system as a `UserError`: what was tried, on which path, why, and what to do. */

import { exitCode, UserError } from '../errors.ts';
import { quotePath } from '../steps/quote-path.ts';

interface Reason {
  because: string;
  hint: (path: string) => string;
}

const full: Reason = {
  because: 'the disk is full',
  hint: (path) => `Free some space (\`df -h ${quotePath(path)}\` shows what is left), then run the command again.`,
};
const forbidden: Reason = {
  because: 'the permission is missing',
  hint: (path) => `Choose a folder you may write to, or mend the permissions \`ls -ld ${quotePath(path)}\` shows.`,
};
const taken: Reason = {
  because: 'something appeared there meanwhile',
  hint: () => 'Run the command again to see what is there now.',
};

/** By `errno` name: https://nodejs.org/api/errors.html#common-system-errors */
const reasons: Readonly<Record<string, Reason>> = {
  ENOSPC: full,
  EDQUOT: { ...full, because: 'your quota on the disk is used up' },
  EACCES: forbidden,
  EPERM: forbidden,
  EROFS: { because: 'the disk is read-only', hint: () => 'Choose a folder on a disk that can be written to.' },
  ENOTDIR: { because: 'a part of the path is a file', hint: () => 'Choose a path whose parts are folders.' },
  ENAMETOOLONG: { because: 'the name is too long for the disk', hint: () => 'Choose a shorter name or folder.' },
  ELOOP: {
    because: 'the links of the path lead in a circle',
    hint: (path) => `Mend the links: \`ls -l ${quotePath(path)}\`.`,
  },
  EEXIST: taken,
  ENOTEMPTY: taken,
  ENOENT: { because: 'it is gone', hint: () => 'Run the command again; something else changes this folder.' },
  EXDEV: { because: 'it lies on another disk than the folder beside it', hint: () => 'Choose another folder.' },
  EMFILE: {
    because: 'too many files are open',
    hint: () => 'Raise the limit with `ulimit -n 4096`, then run it again.',
  },
  EBUSY: { because: 'something else uses it', hint: () => 'Close what uses it, then run the command again.' },
  EIO: { because: 'the disk failed', hint: (path) => `Check the disk that holds ${path}.` },
};

/**
 * Runs one action; `doing` completes "cannot …". What is no refusal of the system is thrown as it is. `lookAt` is what
 * there is to look at where the path is only to be made.
 */
export function tellRefusals<T>(doing: string, path: string, action: () => T, lookAt = path): T {
  try {
    return action();
  } catch (error) {
    const code = readSystemCode(error);
    if (code === undefined) {
      throw error;
    }
    const { because, hint } = reasons[code] ?? {
      because: code,
      hint: (at: string) => `Check \`ls -ld ${quotePath(at)}\`.`,
    };
    throw new UserError(
      exitCode.refused,
      { at: path, message: `cannot ${doing}: ${because}`, hint: hint(lookAt) },
      { cause: error },
    );
  }
}

/** `ENOSPC` and its like; undefined for everything that is not an error of the system. */
export function readSystemCode(error: unknown): string | undefined {
  if (error instanceof Error && 'code' in error && typeof error.code === 'string' && 'syscall' in error) {
    return error.code;
  }
  return undefined;
}
