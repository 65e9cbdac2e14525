/** Breaks emitted files as somebody would by hand: many edits in one copy, as long as they leave each other alone. */
import type { Edit, Mutation } from './fact.ts';
import type { CaseKey, PlanCase } from './plan-cases.ts';
import { type PlanKind, type ProvenTarget, planKinds } from './proven-target.ts';

/** Files of one repo with some mutations in them, for one plan. */
export interface BrokenFiles {
  case: CaseKey;
  kind: PlanKind;
  apart: string | undefined;
  /** Those that differ, by path. */
  files: Map<string, string>;
  mutations: Mutation[];
  edits: Edit[];
}

/** @throws Error where a mutation does not match the emitted file exactly once */
export function breakFiles({ cases, factsOf }: Pick<ProvenTarget, 'cases' | 'factsOf'>): BrokenFiles[] {
  const groups: BrokenFiles[] = [];
  for (const kind of planKinds) {
    for (const { id, breaks } of factsOf[kind]) {
      for (const mutation of breaks) {
        const repo = cases.find(({ key }) => key === caseOf(mutation))!;
        refuseBlind(id, mutation, repo);
        const open = groups.find(
          (group) =>
            group.case === repo.key &&
            group.kind === kind &&
            group.apart === mutation.apart &&
            fits(group, mutation, repo),
        );
        if (open) continue;
        const group: BrokenFiles = {
          case: repo.key,
          kind,
          apart: mutation.apart,
          files: new Map(),
          mutations: [],
          edits: [],
        };
        groups.push(group);
        fits(group, mutation, repo);
      }
    }
  }
  return groups;
}

export function caseOf(mutation: Mutation): CaseKey {
  return mutation.in ?? 'full';
}

function editsOf({ also = [], ...edit }: Mutation): Edit[] {
  return [edit, ...also];
}

function refuseBlind(id: string, mutation: Mutation, repo: PlanCase): void {
  for (const { file, from } of editsOf(mutation)) {
    const count = countMatches(repo.files.get(`infra/${file}`) ?? '', from);
    if (count !== 1) throw new Error(`${id}: infra/${file} of "${repo.title}" holds this ${count} times: ${from}`);
  }
}

/** Applies the mutation to the group if all its edits still match, and says whether they did. */
function fits(group: BrokenFiles, mutation: Mutation, repo: PlanCase): boolean {
  const changed = new Map<string, string>();
  const fresh: Edit[] = [];
  for (const edit of editsOf(mutation)) {
    const { file, from, to } = edit;
    if (group.edits.some((one) => one.file === file && one.from === from && one.to === to)) continue;
    const path = `infra/${file}`;
    const text = changed.get(path) ?? group.files.get(path) ?? repo.files.get(path) ?? '';
    if (countMatches(text, from) !== 1) return false;
    changed.set(
      path,
      text.replace(asPattern(from), () => to),
    );
    fresh.push(edit);
  }
  for (const [path, text] of changed) group.files.set(path, text);
  group.edits.push(...fresh);
  group.mutations.push(mutation);
  return true;
}

/** The repo's files that these edits change, changed. @throws Error where one does not match exactly once */
export function editFiles(repo: PlanCase, edits: readonly Edit[]): Map<string, string> {
  const changed = new Map<string, string>();
  for (const { file, from, to } of edits) {
    const path = `infra/${file}`;
    const text = changed.get(path) ?? repo.files.get(path) ?? '';
    if (countMatches(text, from) !== 1) throw new Error(`${path} of "${repo.title}" does not hold this once: ${from}`);
    changed.set(
      path,
      text.replace(asPattern(from), () => to),
    );
  }
  return changed;
}

function countMatches(text: string, from: string): number {
  return [...text.matchAll(asPattern(from))].length;
}

/** White space stands for any: `terraform fmt` aligns by neighbours. */
function asPattern(from: string): RegExp {
  const words = from.split(/\s+/).map((word) => word.replace(/[.*+?^${}()|[\]\\]/g, '\\$&'));
  return new RegExp(words.join('\\s+'), 'g');
}
