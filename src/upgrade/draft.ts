/** What a command changes of a project before it is rendered anew: its Spec, and protos that come with that. */
import type { Project } from './read-project.ts';

export interface Draft {
  /** With the changed Spec, its protos and its contract. */
  project: Project;
  /** Workloads that begin with the sample. */
  samples: ReadonlySet<string>;
  /** Seeds that are asked for: they are written even where the user deleted such a file before. */
  fresh: ReadonlySet<string>;
}

/** Throws `UserError` for what cannot be had. */
export type DraftProject = (project: Project) => Draft | Promise<Draft>;

/** The project as it is. */
export function keepProject(project: Project): Draft {
  return { project, samples: new Set(), fresh: new Set() };
}
