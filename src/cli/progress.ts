/** How something that takes a while is shown: a line that turns on a terminal, plain lines elsewhere. */
import { stripVTControlCharacters } from 'node:util';
import type { StepWatch } from '../create/ports.ts';
import { escapeUnprintable } from '../spec/show-value.ts';
import { chooseSigns, chooseStyle } from './style.ts';
import { isPlain, type World } from './world.ts';

/** What a step of an operation tells. */
export type Progress = StepWatch;

const frameMilliseconds = 80;
const hideCursor = '\u001b[?25l';
const showCursor = '\u001b[?25h';
const clearLine = '\r\u001b[2K';

/** On stderr, so that stdout holds only what was asked for. With --json nothing is shown. */
export function showProgress(world: World, title: string, isQuiet: boolean): Progress {
  if (isQuiet) return { update() {}, succeed() {}, fail() {} };
  return world.stderr.isTTY && !isPlain(world) ? turn(world, title) : tellLines(world, title);
}

function tellLines({ stderr }: World, title: string): Progress {
  stderr.write(`${title}…\n`.replace('…', '...'));
  return {
    update() {},
    succeed: () => stderr.write(`${title}: done\n`),
    fail: () => stderr.write(`${title}: failed\n`),
  };
}

function turn(world: World, title: string): Progress {
  const { stderr } = world;
  const style = chooseStyle(world, stderr);
  const { busy, done, failed } = chooseSigns(world);
  let frame = 0;
  let latest = '';
  const draw = () => {
    const sign = busy[frame++ % busy.length] ?? '';
    // One column stays free: a full line would wrap, and then clearing it leaves a piece behind.
    const room = (stderr.columns ?? 80) - sign.length - 2;
    const shownTitle = title.slice(0, Math.max(room, 0));
    const shownLatest = latest.slice(0, Math.max(room - shownTitle.length - 2, 0));
    stderr.write(`${clearLine}${style.cyan(sign)} ${shownTitle}${shownLatest && style.dim(`  ${shownLatest}`)}`);
  };
  const end = (sign: string) => {
    clearInterval(timer);
    stderr.write(`${clearLine}${sign} ${title}\n${showCursor}`);
  };
  stderr.write(hideCursor);
  draw();
  const timer = setInterval(draw, frameMilliseconds);
  timer.unref();
  return {
    update(line) {
      latest = escapeUnprintable(stripVTControlCharacters(line).trim());
    },
    succeed: () => end(style.green(done)),
    fail: () => end(style.red(failed)),
  };
}
