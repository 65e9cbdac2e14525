/** Names a process so that a later one can tell whether it still runs. */
import { readFileSync } from 'node:fs';
import { readSystemCode } from '../tree/disk-errors.ts';

/**
 * Its number and, on Linux, when it started (`4711-8823771`): numbers are given out again, in a container at once. The
 * other systems have no cheap way to ask for the start, so there it is the number alone.
 */
export function nameProcess(pid: number = process.pid): string {
  const known = pid === process.pid ? ownName : undefined;
  if (known !== undefined) {
    return known;
  }
  const start = readStatus(pid)?.start;
  const name = start === undefined ? `${pid}` : `${pid}-${start}`;
  if (pid === process.pid) {
    ownName = name;
  }
  return name;
}

/** Asked for several times in a run, and always the same. */
let ownName: string | undefined;

/** Of a process on this machine; one in another container that shares the disk does not look alive from here. */
export function isRunning(name: string): boolean {
  const [number, start] = name.split('-');
  const pid = Number(number);
  if (!(pid > 0)) {
    return false;
  }
  try {
    process.kill(pid, 0);
  } catch (error) {
    // It may not be signalled: it is another user's, so it is there.
    return readSystemCode(error) === 'EPERM';
  }
  const status = readStatus(pid);
  return status === undefined || (!status.isOver && (start === undefined || start === status.start));
}

interface ProcessStatus {
  /** In clock ticks since the machine started. */
  start: string;
  /** It ended, but nobody has asked yet how. */
  isOver: boolean;
}

/** Undefined where the system does not tell. https://man7.org/linux/man-pages/man5/proc_pid_stat.5.html */
function readStatus(pid: number): ProcessStatus | undefined {
  if (process.platform !== 'linux') {
    return undefined;
  }
  try {
    const line = readFileSync(`/proc/${pid}/stat`, 'utf8');
    // The second field is the program's name in brackets, and may hold blanks and brackets itself.
    const [state = '', ...fields] = line.slice(line.lastIndexOf(')') + 2).split(' ');
    const start = fields[18];
    return start === undefined ? undefined : { start, isOver: 'ZX'.includes(state) };
  } catch {
    return undefined;
  }
}
