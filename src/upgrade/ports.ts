/** What an upgrade needs from outside; the door hands it in. */
import type { ProtoDisk } from '../contract/collect-protos.ts';
import type { MergeFile } from '../plan/plan-upgrade-file.ts';
import type { Migration, UpgradePlan } from '../plan/upgrade-plan.ts';
import type { TemplateSet } from '../render/template-set.ts';
import type { RunProgram, StepWatch } from '../steps/ports.ts';
import type { Disk } from '../tree/disk.ts';

export interface UpgradePorts {
  disk: Disk;
  protoDisk: ProtoDisk;
  templates: TemplateSet;
  /** Of this package. */
  toolVersion: string;
  merge: MergeFile;
  /** Those of this version, where nothing else is said. */
  migrations?: readonly Migration[];
  /** Whether the system has executable bits: Windows has none. */
  hasModes: boolean;
  runProgram: RunProgram;
  /** Aborts when the user interrupts. */
  signal: AbortSignal;
  watchStep(step: 'install', command: string): StepWatch;
  /** Called before files are written: the package that they name may stand in the repo. Undefined: it does already. */
  loadPackage?(directory: string): PackageCopy | undefined;
  /** Whether to go on, the plan being known. Not asked where nothing would be written. */
  confirm?(plan: UpgradePlan): Promise<boolean>;
}

export interface PackageCopy {
  /** Relative to the project, with `/`. */
  path: string;
  bytes: Uint8Array;
}

/** Not by the shorter name: npx would look for a stranger's package where this one is not installed. */
export const upgradeCommand = 'npx create-grpc-aws upgrade';
export const abortCommand = `${upgradeCommand} --abort`;
