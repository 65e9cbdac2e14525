/** From the answers to the files of the new repo and the plan to write them; nothing on disk is changed. */
import type { Plan } from '../plan/plan.ts';
import { inspectTarget, planCreation } from '../plan/plan-creation.ts';
import type { Disk } from '../tree/disk.ts';
import { type RenderedRepo, type RenderPorts, type RepoRequest, renderRepo } from './render-repo.ts';

export type { RequestedWorkload } from './render-repo.ts';

export interface CreationRequest extends RepoRequest {
  /** Absolute. */
  directory: string;
  install: boolean;
  git: boolean;
  dryRun: boolean;
}

export interface PreparedCreation extends RenderedRepo {
  plan: Plan;
}

interface PreparationPorts extends RenderPorts {
  disk: Disk;
}

/** Throws `UserError` for a folder, an answer or a proto that is refused. */
export async function prepareCreation(request: CreationRequest, ports: PreparationPorts): Promise<PreparedCreation> {
  const place = inspectTarget(ports.disk, request.directory);
  const rendered = await renderRepo(request, ports);
  return { ...rendered, plan: planCreation(place, rendered.tree) };
}
