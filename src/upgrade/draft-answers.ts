/** Answers that win over those of the project: its Spec becomes what both say. */
import { type Answers, checkSpec } from '../spec/check-spec.ts';
import type { Locate } from '../spec/check-value.ts';
import { type DraftProject, keepProject } from './draft.ts';

/** Throws `UserError` (usage) where what comes of both cannot be; `locate` finds an answer. */
export function draftAnswers(answers: Answers, locate: Locate): DraftProject {
  return (project) => {
    const where: Locate = (path, side) => (Object.hasOwn(answers, String(path[0])) ? locate(path, side) : undefined);
    return keepProject({ ...project, spec: checkSpec({ ...project.spec, ...answers }, where) });
  };
}
