/** Protos of the user's that a repo is to have: collected as for a new repo, and laid beside those that are there. */
import type { ProtoAnswer, ProtoDisk } from '../contract/collect-protos.ts';
import type { Contract, ProtoFile } from '../contract/contract.ts';
import { listUnlinted } from '../contract/list-unlinted.ts';
import { exitCode, type Fault, UserError } from '../errors.ts';
import type { Project } from './read-project.ts';

export interface BroughtProtos {
  /** All of the repo, in order of path. */
  protos: readonly ProtoFile[];
  /** Those among them that are not there yet. */
  added: readonly string[];
  /** What was collected by itself. */
  contract: Contract;
  /** What the Spec is to say of the workload that serves them. */
  entries: readonly string[];
  /** What the Spec is to say of those that `buf lint` leaves alone. */
  unlinted: readonly string[];
}

/** @throws UserError: usage for an answer that is wrong; refused for a file that is, or that the repo has otherwise */
export async function bringProtos(
  { protos }: Pick<Project, 'protos'>,
  answer: ProtoAnswer,
  disk: ProtoDisk,
): Promise<BroughtProtos> {
  const { collectProtos } = await import('../contract/collect-protos.ts');
  const collected = await collectProtos({ workloads: [answer], disk });
  const there = new Map(protos.map((file) => [file.path, file.text]));
  const google = new Set(collected.googleApis);
  // Google's are there for others to import, and those of the repo may be of another day.
  const news = collected.files.filter(
    ({ path, text }) => there.get(path) !== text && !(google.has(path) && there.has(path)),
  );
  const faults = news.flatMap(({ path }): Fault[] => {
    const hint = `Take the one that is right into proto/${path}, and leave the other out.`;
    return there.has(path) ? [{ at: `proto/${path}`, message: 'it is there already, with another text', hint }] : [];
  });
  if (faults.length > 0) throw new UserError(exitCode.refused, faults);
  return {
    protos: [...protos, ...news].sort((a, b) => (a.path < b.path ? -1 : 1)),
    added: news.map(({ path }) => path),
    contract: collected.contract,
    entries: collected.workloads[0]?.protos ?? [],
    unlinted: listUnlinted({
      files: news,
      googleApis: news.map(({ path }) => path).filter((path) => google.has(path)),
    }),
  };
}
