/** What the making of a repo needs from outside; the door hands it in. */
import type { ProtoDisk } from '../contract/collect-protos.ts';
import type { Plan } from '../plan/plan.ts';
import type { TemplateSet } from '../render/template-set.ts';
import type { Disk } from '../tree/disk.ts';

export interface CreationPorts {
  disk: Disk;
  protoDisk: ProtoDisk;
  templates: TemplateSet;
  /** Of this package: it goes into the manifest and into the message of the first commit. */
  toolVersion: string;
  runProgram: RunProgram;
  /** Aborts when the user interrupts. */
  signal: AbortSignal;
  /** Called when a step begins that may take a while. */
  watchStep(step: CreationStep): StepWatch;
  /** Whether to go on, the plan being known. Not asked for a dry run. */
  confirm?(plan: Plan): Promise<boolean>;
}

export type CreationStep = 'write' | 'install' | 'commit';

export interface StepWatch {
  /** One line of what is going on right now. */
  update(line: string): void;
  succeed(): void;
  fail(): void;
}

/** Never rejects: how a program ended is judged here. */
export type RunProgram = (call: ProgramCall) => Promise<ProgramEnd>;

export interface ProgramCall {
  program: string;
  args: readonly string[];
  cwd: string;
  /** When it aborts, the program is ended. */
  signal: AbortSignal;
  /** Each line of stdout and stderr as it comes. */
  onLine?(line: string): void;
}

export interface ProgramEnd {
  /** Undefined: it could not be started, or a signal ended it. */
  exitCode: number | undefined;
  /** Why it could not be started, in one line; or undefined. */
  startFault?: string;
  /** stdout and stderr as they came. */
  output: string;
}
