/** What this version would emit for a repo that is there. */
import { type Manifest, withManifest } from '../manifest/manifest.ts';
import { render } from '../render/render.ts';
import type { TemplateSet } from '../render/template-set.ts';
import { buildTree, mergeTrees } from '../tree/build-tree.ts';
import type { FileTree } from '../tree/file-tree.ts';
import type { Project } from './read-project.ts';

export interface Emission {
  project: Project;
  /** Workloads that begin with the sample. */
  samples: ReadonlySet<string>;
  templates: TemplateSet;
  toolVersion: string;
  /** What package.json is to say of this package; absent: what it says is kept up; null: nothing. */
  packageReference?: string | null;
}

/**
 * The protos are among it, as the seeds they are: the manifest lists them. Throws `UserError` where what is asked for
 * cannot be rendered.
 */
export function emit({ project, samples, templates, toolVersion, packageReference }: Emission): FileTree {
  const { spec, contract, protos, manifest, earlier } = project;
  const reference = packageReference === undefined ? renewReference(manifest, toolVersion) : packageReference;
  const rendered = render({
    spec,
    contract,
    templates,
    samples,
    earlier,
    ...(reference && { packageReference: reference }),
  });
  const seeds = buildTree(
    protos.map(({ path, text }) => [`proto/${path}`, { text, executable: false, ownership: 'seeded' } as const]),
  );
  return withManifest(mergeTrees(rendered, seeds), toolVersion);
}

/** A repo that names this package names the version that renders it; one that carries its own copy still does. */
function renewReference({ base }: Manifest, toolVersion: string): string | undefined {
  const reference = readReference(base.get('package.json') ?? '{}');
  return reference === undefined || reference.startsWith('file:') ? reference : toolVersion;
}

/** What a package.json says of this package. */
export function readReference(text: string): string | undefined {
  try {
    const { devDependencies } = JSON.parse(text) as { devDependencies?: Record<string, unknown> };
    const reference = devDependencies?.['create-grpc-aws'];
    return typeof reference === 'string' ? reference : undefined;
  } catch {
    return undefined;
  }
}
