/** The one object through which everything is printed. Only this room prints. */
import { escapeUnprintable } from '../spec/show-value.ts';
import { type Progress, showProgress } from './progress.ts';
import { chooseSigns, chooseStyle, type Signs, type Style } from './style.ts';
import type { World } from './world.ts';

export interface Output {
  readonly isJson: boolean;
  readonly style: Style;
  readonly errorStyle: Style;
  readonly signs: Signs;
  /** What was asked for, to stdout; nothing with --json. */
  print(text: string): void;
  /** What went wrong, to stderr. */
  complain(text: string): void;
  /** The one document of --json. */
  printDocument(document: unknown): void;
  /** Something that takes a while. */
  start(title: string): Progress;
}

export function createOutput(world: World, isJson: boolean): Output {
  const { stdout, stderr } = world;
  const errorStyle = chooseStyle(world, stderr);
  return {
    isJson,
    style: chooseStyle(world, stdout),
    errorStyle,
    signs: chooseSigns(world),
    print(text) {
      if (!isJson) stdout.write(`${text}\n`);
    },
    complain(text) {
      stderr.write(`${text}\n`);
    },
    printDocument(document) {
      stdout.write(`${JSON.stringify(document, null, 2)}\n`);
    },
    start: (title) => showProgress(world, title, isJson),
  };
}

/** Text of others, harmless to a terminal: control characters escaped, line breaks kept. */
export function tame(text: string): string {
  return text.split('\n').map(escapeUnprintable).join('\n');
}
