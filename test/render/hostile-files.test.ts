import fc from 'fast-check';
import { parseToObject } from 'hcl2-parser';
import { lexer, type Token, walkTokens } from 'marked';
import { describe, expect, test } from 'vitest';
import { parse } from 'yaml';
import { servicesOf } from '../../src/contract/services-of.ts';
import { render } from '../../src/render/render.ts';
import { nameHost } from '../../src/spec/domain-names.ts';
import { readSpec } from '../../src/spec/read-spec.ts';
import { templates } from '../golden/render-answers.ts';
import { type AnyRepo, anyEcsRepo, aTerraformRepo } from './any-repo.ts';

/** Every accepted repo: its files say exactly what was answered, as their own parsers read them. */
function holdsForAll(
  check: (repo: AnyRepo, textOf: (path: string) => string, paths: readonly string[]) => void,
  someRepo = anyEcsRepo,
) {
  fc.assert(
    fc.property(someRepo, (repo) => {
      const tree = render({ ...repo, templates });
      check(repo, (path) => tree.get(path)!.text, [...tree.keys()]);
    }),
    { numRuns: 40 },
  );
}

function parseHcl(text: string): Record<string, unknown> {
  const [file, fault] = parseToObject(text) as [Record<string, unknown> | null, unknown];
  if (file === null) throw new Error(`not HCL: ${JSON.stringify(fault)}`);
  return file;
}

function ownServices({ spec, contract }: AnyRepo, index: number): string[] {
  return servicesOf(spec.workloads[index]!.protos, contract).map(({ fullName }) => fullName);
}

describe('HCL', () => {
  test('settings.tf has every answer and every service', () => {
    holdsForAll((repo, textOf) => {
      const { spec } = repo;
      expect(parseHcl(textOf('infra/settings.tf'))).toStrictEqual({
        locals: [
          {
            project: spec.name,
            region: spec.region,
            zone: spec.zone,
            internal: spec.internal,
            architecture: spec.arch.toUpperCase(),
            logs: spec.logs,
            reflection: spec.reflection ? spec.workloads[0]!.name : null,
            telemetry: spec.telemetry,
            alarms: spec.alarms,
            workloads: Object.fromEntries(
              spec.workloads.map(({ name, cpu, memory, secrets = {} }, index) => [
                name,
                { cpu, memory, services: ownServices(repo, index), secrets },
              ]),
            ),
          },
        ],
      });
    }, aTerraformRepo);
  });

  test('the bootstrap’s settings.tf has what it needs of them', () => {
    holdsForAll(({ spec }, textOf) => {
      const { name: project, region, zone, environments } = spec;
      const images = spec.workloads.map(({ name }) => name);
      expect(parseHcl(textOf('infra/bootstrap/settings.tf'))).toStrictEqual({
        locals: [{ project, region, zone, images, environments }],
      });
      expect(parseHcl(textOf('infra/bootstrap/backend.hcl'))).toMatchObject({ region });
    }, aTerraformRepo);
  });

  test('each environment’s variables and backend have its name, its hostname and the region', () => {
    holdsForAll(({ spec }, textOf, paths) => {
      const { region, environments, domain } = spec;
      const files = paths.filter((path) => path.startsWith('infra/environments/'));
      expect(files).toHaveLength(2 * environments.length);
      for (const environment of environments) {
        const hostname = nameHost(environment, environments, domain);
        expect(parseHcl(textOf(`infra/environments/${environment}.tfvars`))).toMatchObject({ environment, hostname });
        const backend = { key: `${environment}.tfstate`, region, use_lockfile: true };
        expect(parseHcl(textOf(`infra/environments/${environment}.backend.hcl`))).toStrictEqual(backend);
      }
    }, aTerraformRepo);
  });

  test('no answer is in any other file of infra/: those are the same in every repo with the same options', () => {
    const kept = new Map<string, string>();
    holdsForAll(({ spec }, textOf, paths) => {
      for (const path of paths.filter((one) => /^infra\/(?!environments\/)/.test(one))) {
        if (/settings\.tf$|backend\.hcl$/.test(path)) continue;
        const variant = `${path} ${path.endsWith('network.tf') ? spec.network : ''}${path.endsWith('zone.tf') ? spec.dns : ''}`;
        expect(textOf(path)).toBe(kept.get(variant) ?? textOf(path));
        kept.set(variant, textOf(path));
      }
    }, aTerraformRepo);
    for (const [variant, text] of kept) {
      if (variant.includes('.tf ')) expect(Object.keys(parseHcl(text))).not.toStrictEqual([]);
      if (variant.includes('.yaml ')) expect(parse(text)).toBeTypeOf('object');
    }
  });
});

describe('YAML', () => {
  test('the workflows have the region, the environments and the workloads', () => {
    holdsForAll(({ spec }, textOf) => {
      const { region, environments, workloads } = spec;
      const names = workloads.map(({ name }) => name);
      const deploy = parse(textOf('.github/workflows/deploy.yml')) as Deploy;
      expect(deploy.env.AWS_REGION).toBe(region);
      expect(deploy.jobs.plan.strategy.matrix.environment).toStrictEqual(environments);
      expect(deploy.jobs.images.strategy.matrix.workload).toStrictEqual(names);
      expect(deploy.jobs.images.env.REPOSITORY).toBe(`${spec.name}/$\{{ matrix.workload }}`);
      const { plan: _, images: __, ...deploys } = deploy.jobs as unknown as Record<string, { with: object }>;
      expect(Object.values(deploys).map((job) => job.with)).toMatchObject(
        environments.map((environment) => ({ environment })),
      );
      expect(parse(textOf('.github/workflows/environment.yml')).env.AWS_REGION).toBe(region);
      expect(parse(textOf('.github/workflows/build.yml')).jobs.image.strategy.matrix.workload).toStrictEqual(names);
      expect(Object.keys(parse(textOf('compose.yaml')).services)).toStrictEqual(names);
    });
  });

  interface Deploy {
    env: { AWS_REGION: string };
    jobs: {
      plan: { strategy: { matrix: { environment: string[] } } };
      images: { strategy: { matrix: { workload: string[] } }; env: { REPOSITORY: string } };
    };
  }

  test('no answer reaches a script or an expression of a workflow: both are the same in every repo', () => {
    const kept = new Map<string, unknown>();
    holdsForAll(({ spec }, textOf, paths) => {
      for (const path of paths.filter((one) => one.startsWith('.github/workflows/'))) {
        const key = `${spec.iac} ${path}`;
        const { scripts, expressions } = listPrograms(textOf(path));
        expect({ scripts, expressions }).toStrictEqual(kept.get(key) ?? { scripts, expressions });
        kept.set(key, { scripts, expressions });
      }
    });
    expect([...kept.keys()].sort()).toStrictEqual(
      ['cloudformation', 'terraform'].flatMap((iac) =>
        ['build', 'deploy', 'environment'].map((name) => `${iac} .github/workflows/${name}.yml`),
      ),
    );
  });

  /** Each once: a job more for each environment adds none. */
  function listPrograms(workflow: string) {
    const { jobs } = parse(workflow) as { jobs: Record<string, { steps?: { run?: string }[] }> };
    const scripts = Object.values(jobs).flatMap(({ steps = [] }) => steps.flatMap(({ run }) => (run ? [run] : [])));
    const expressions = new Set([...workflow.matchAll(/\$\{\{.*?\}\}/gs)].map(([text]) => text));
    return { scripts, expressions: [...expressions].sort() };
  }
});

test('JSON: the package has the project’s name, and grpc-aws.json is the Spec', () => {
  holdsForAll(({ spec }, textOf, paths) => {
    expect(JSON.parse(textOf('package.json'))).toMatchObject({ name: spec.name });
    expect(readSpec(textOf('grpc-aws.json'), 'grpc-aws.json')).toStrictEqual(spec);
    for (const path of paths.filter((one) => one.endsWith('.json')))
      expect(() => JSON.parse(textOf(path))).not.toThrow();
  });
});

describe('Markdown', () => {
  test('README has the project’s name as its title, and each workload with its services', () => {
    holdsForAll((repo, textOf) => {
      const { spec } = repo;
      const text = textOf('README.md');
      const [title] = lexer(text);
      expect(title).toMatchObject({ type: 'heading', depth: 1, text: spec.name });
      const spans = listTokens(text, 'codespan');
      for (const [index, { name }] of spec.workloads.entries()) {
        expect(spans).toContain(`src/workloads/${name}/`);
        for (const service of ownServices(repo, index)) expect(spans).toContain(service);
      }
      for (const environment of spec.environments) expect(spans).toContain(environment);
    });
  });

  test('README and the runbook have no link, picture, HTML or heading that an answer made', () => {
    const kept = new Map<string, unknown>();
    holdsForAll(({ spec }, textOf) => {
      for (const path of ['README.md', 'docs/runbook.md', 'docs/architecture.md']) {
        const text = textOf(path);
        // These say which parts the documents have.
        const { dns, network, internal, telemetry, alarms } = spec;
        const secrets = spec.workloads.some((workload) => workload.secrets !== undefined);
        const several = spec.workloads.length > 1;
        const key = JSON.stringify([path, dns, network, internal, telemetry, alarms, secrets, several]);
        const marks = ['link', 'image', 'html', 'em', 'strong', 'del'].map((type) =>
          listTokens(text, type).map((mark) => mark.replace(`\`${spec.zone}\``, 'the zone')),
        );
        // The title has the project's name.
        marks.push(listTokens(text, 'heading').slice(1));
        expect(marks).toStrictEqual(kept.get(key) ?? marks);
        kept.set(key, marks);
        expect(listTokens(text, 'html')).toStrictEqual([]);
      }
    }, aTerraformRepo);
  });

  function listTokens(text: string, type: string): string[] {
    const found: string[] = [];
    walkTokens(lexer(text), (token: Token) => {
      if (token.type === type) found.push('text' in token ? String(token.text) : token.raw);
    });
    return found;
  }
});
