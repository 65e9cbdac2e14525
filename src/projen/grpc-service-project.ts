/**
 * The projen door: a project whose one component has the repo created or upgraded by this package's own command line.
 * projen itself writes nothing. The only import of projen.
 */
import { existsSync, readFileSync } from 'node:fs';
import { basename, join, resolve } from 'node:path';
import { Component, FileBase, Project } from 'projen';
import { manifestPath } from '../manifest/manifest.ts';
import { checkOptions, type RepoAnswers } from './check-options.ts';
import { createRepo } from './create-repo.ts';
import { upgradeRepo } from './upgrade-repo.ts';

export interface GrpcServiceProjectOptions extends RepoAnswers {
  /** The folder of the repo. Default: the working folder. */
  readonly outdir?: string;
  /** The project that this one is a part of; `outdir` is relative to it then. */
  readonly parent?: Project;
}

/** Answers win over those of `grpc-aws.json`; where nothing is said, what that file says holds. */
export class GrpcServiceProject extends Project {
  constructor(options: GrpcServiceProjectOptions = {}) {
    const { outdir, parent, ...given } = options;
    // What `projen new` adds for the base class: which class it makes, and whether files are wanted.
    const { answers, projenOwn } = checkOptions(given);
    super({
      ...projenOwn,
      name: answers.name ?? basename(resolve(outdir ?? '.')),
      ...(outdir !== undefined && { outdir }),
      ...(parent !== undefined && { parent }),
    });
    // Every byte is the renderer's, so that each door emits the same ones.
    for (const { path } of this.files) this.tryRemoveFile(path);
    for (const path of ownFiles) new LeftAloneFile(this, path);
    new GrpcService(this, answers);
  }
}

/** Emitted like any other file. `.projen/files.json` lists these two: an empty list would have projen look for its marker. */
const ownFiles = ['.projen/files.json', '.projen/tasks.json'];

/** Known to projen, so that its cleanup does not delete it. */
class LeftAloneFile extends FileBase {
  constructor(project: Project, path: string) {
    super(project, path, { editGitignore: false, marker: false });
  }

  override synthesize(): void {}

  protected override synthesizeContent(): undefined {
    return undefined;
  }
}

class GrpcService extends Component {
  readonly #answers: RepoAnswers;

  constructor(project: Project, answers: RepoAnswers) {
    super(project);
    this.#answers = answers;
  }

  /** projen's cleanup comes next, and would delete what the folder's list of files names, or what holds its marker. */
  override preSynthesize(): void {
    const { project } = this;
    for (const path of listWritten(project.outdir)) {
      if (project.tryFindFile(path) === undefined) new LeftAloneFile(project, path);
    }
    project.addExcludeFromCleanup('**');
  }

  override synthesize(): void {
    const { outdir } = this.project;
    const wantsInstall = process.env.PROJEN_DISABLE_POST !== 'true';
    const run = existsSync(join(outdir, manifestPath)) ? upgradeRepo : createRepo;
    run(outdir, this.#answers, wantsInstall);
  }
}

/** What projen takes for its own: the files of another project that it wrote here, or whatever somebody put on the list. */
function listWritten(directory: string): string[] {
  try {
    const { files } = JSON.parse(readFileSync(join(directory, '.projen/files.json'), 'utf8')) as { files?: unknown };
    return Array.isArray(files) ? files.filter((path) => typeof path === 'string' && path.trim() !== '') : [];
  } catch {
    // Without a list, projen looks for its marker.
    return [];
  }
}
