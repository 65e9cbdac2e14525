/** The options of the project, checked as the flags of the command line are; what is wrong is told with their names. */
import { type Answers, checkAnswers } from '../spec/check-spec.ts';
import { refuseMistyped } from './refuse-mistyped.ts';
import { stopAtFaults } from './stop.ts';

export interface RepoAnswers extends Answers {
  /** At a creation: `NAME` or `NAME=PROTO` for each server of its own; PROTO is a file or folder on disk. */
  readonly workload?: readonly string[];
  /** At a creation: files or folders on disk for the one server. */
  readonly proto?: readonly string[];
}

/** The key under which `projen new` tells the base class that this is one. */
const projenNew = '__new__';

export interface CheckedOptions {
  answers: RepoAnswers;
  /** What is the base class's own. */
  projenOwn: Readonly<Record<string, unknown>>;
}

/** Ends the process, with every fault told, where an answer is wrong. */
export function checkOptions(given: Readonly<Record<string, unknown>>): CheckedOptions {
  const { workload, proto, ...rest } = given as RepoAnswers & Record<string, unknown>;
  const projenOwn = Object.hasOwn(rest, projenNew) ? { [projenNew]: rest[projenNew] } : {};
  const said = Object.entries(rest).filter(([key, value]) => key !== projenNew && value !== undefined);
  const answers = stopAtFaults(() => {
    const isTyped = Object.hasOwn(projenOwn, projenNew);
    if (isTyped) refuseMistyped(process.argv.slice(2));
    const name = isTyped ? nameSwitch : nameOption;
    return checkAnswers(Object.fromEntries(said), ([key]) => name(String(key)));
  });
  return { projenOwn, answers: { ...answers, ...(workload && { workload }), ...(proto && { proto }) } };
}

/** As `projen new` takes it. */
function nameSwitch(property: string): string {
  return `--${property.replace(/[A-Z]/g, (letter) => `-${letter.toLowerCase()}`)}`;
}

/** As the code that makes the project has it. */
function nameOption(property: string): string {
  return `GrpcServiceProject, option ${property}`;
}
