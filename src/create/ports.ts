/** What the making of a repo needs from outside; the door hands it in. */
import type { ProtoDisk } from '../contract/collect-protos.ts';
import type { Plan } from '../plan/plan.ts';
import type { TemplateSet } from '../render/template-set.ts';
import type { RunProgram, StepWatch } from '../steps/ports.ts';
import type { Disk } from '../tree/disk.ts';

export type { ProgramCall, ProgramEnd, RunProgram, StepWatch } from '../steps/ports.ts';

export interface CreationPorts {
  disk: Disk;
  protoDisk: ProtoDisk;
  templates: TemplateSet;
  /** Of this package: it goes into the manifest and into the message of the first commit. */
  toolVersion: string;
  runProgram: RunProgram;
  /** Aborts when the user interrupts. */
  signal: AbortSignal;
  /** Called when a step begins that may take a while; `command` is what an installation runs. */
  watchStep(step: CreationStep, command?: string): StepWatch;
  /** Called once the files are written, before anything is installed: the package that they name may stand in the repo. */
  placePackage?(directory: string): void;
  /** Whether to go on, the plan being known. Not asked for a dry run. */
  confirm?(plan: Plan): Promise<boolean>;
}

export type CreationStep = 'write' | 'install' | 'commit';
