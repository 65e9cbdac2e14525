/** Colours and signs, where the terminal has them. */
import { isOn, isPlain, type Terminal, type World } from './world.ts';

export interface Style {
  bold(text: string): string;
  dim(text: string): string;
  red(text: string): string;
  green(text: string): string;
  yellow(text: string): string;
  cyan(text: string): string;
}

export interface Signs {
  done: string;
  failed: string;
  /** Frames of something that goes on. */
  busy: readonly string[];
}

/** FORCE_COLOR wins over NO_COLOR, as in Node itself; then TERM=dumb, then whether it is a terminal. */
export function chooseStyle({ env }: World, terminal: Terminal): Style {
  const paint = (on: number, off: number) =>
    isColoured(env, terminal) ? (text: string) => `\u001b[${on}m${text}\u001b[${off}m` : (text: string) => text;
  return {
    bold: paint(1, 22),
    dim: paint(2, 22),
    red: paint(31, 39),
    green: paint(32, 39),
    yellow: paint(33, 39),
    cyan: paint(36, 39),
  };
}

function isColoured(env: World['env'], terminal: Terminal): boolean {
  if (env.FORCE_COLOR !== undefined) return env.FORCE_COLOR !== '0' && env.FORCE_COLOR.toLowerCase() !== 'false';
  if (env.NO_COLOR !== undefined && env.NO_COLOR !== '') return false;
  return !isOn(env.NODE_DISABLE_COLORS) && env.TERM !== 'dumb' && terminal.isTTY === true;
}

export function chooseSigns(world: World): Signs {
  return hasUnicode(world) && !isPlain(world)
    ? { done: '✔', failed: '✖', busy: ['⠋', '⠙', '⠹', '⠸', '⠼', '⠴', '⠦', '⠧', '⠇', '⠏'] }
    : { done: 'ok', failed: 'x', busy: ['-', '\\', '|', '/'] };
}

/** The old console of Windows and the console of the Linux kernel have few signs. */
function hasUnicode({ platform, env }: World): boolean {
  if (platform !== 'win32') return env.TERM !== 'linux';
  return Boolean(env.WT_SESSION ?? env.TERM_PROGRAM ?? env.ConEmuTask ?? env.TERM ?? env.CI);
}
