import fc from 'fast-check';
import { expect, test } from 'vitest';
import { render } from '../../src/render/render.ts';
import { describeExample } from '../../src/render/view.ts';
import type { FullSpec } from '../../src/spec/fill-settings.ts';
import { templates } from '../golden/render-answers.ts';
import { anyEcsRepo } from './any-repo.ts';
import { runCommands } from './run-commands.ts';

test('the shell that tells is a real one', () => {
  const block = (...lines: string[]) => ['```sh', ...lines, '```'].join('\n');
  expect(runCommands(block("git 'a b' $(npm x)", 'nothing-of-that-name'))).toStrictEqual([
    ['npm', 'x'],
    ['git', 'a b', 'npm'],
    ['unknown: nothing-of-that-name'],
  ]);
  expect(() => runCommands(block('git "'))).toThrow();
  expect(() => runCommands(block('git a[0].b', 'git x'))).toThrow('no match: a[0].b');
});

test('every command of README and the runbook has the answers as its words, whatever they are', () => {
  fc.assert(
    fc.property(anyEcsRepo, (repo) => {
      const { spec, contract } = repo;
      const tree = render({ ...repo, templates });
      const { name, domain, zone, environments, dns } = spec;
      const [environment] = environments;
      const [workload] = spec.workloads.map((one) => one.name);
      const { method, request } = describeExample(spec, contract);
      const isPlain = spec.listener === 'tcp';
      const call = ['npm', 'run', 'call', '--', ...(isPlain ? [] : ['--tls']), '--address'];
      // What a stand-in answers where an endpoint is asked for.
      const told = spec.iac === 'terraform' ? 'terraform' : 'aws';
      // One service for each workload, or one for all that is named as the project.
      const service = spec.target === 'ecs-alb' ? workload! : name;

      const readme = runCommands(tree.get('README.md')!.text);
      expect(readme).toContainEqual(['npm', 'run', 'call', '--', method, request]);
      if (spec.iac === 'terraform' && spec.target === 'ecs-alb')
        expect(readme).toContainEqual([...call, `${domain}:443`, method, request]);

      const runbook = runCommands(tree.get('docs/runbook.md')!.text);
      expect([...readme, ...runbook].flat().filter((word) => word.startsWith('unknown: '))).toStrictEqual([]);
      expect(runbook).toContainEqual([...call, told, method, request]);
      expect(runbook).toContainEqual(['dig', '+short', 'NS', zone]);
      const backend = `-backend-config=environments/${environment}.backend.hcl`;
      const init = ['terraform', '-chdir=infra', 'init', '-reconfigure', backend, '-backend-config=bucket=terraform'];
      if (spec.iac === 'terraform') expect(runbook).toContainEqual(init);
      else expect(listDeploys(runbook)).toStrictEqual(expectDeploys(spec));
      const role = spec.iac === 'terraform' ? 'jq' : 'aws';
      for (const one of environments)
        expect(runbook).toContainEqual(['gh', 'variable', 'set', 'AWS_DEPLOY_ROLE', '--env', one, '--body', role]);
      const words = new Set(runbook.flat());
      expect(words).toContain(`${name}-${environment}`);
      expect(words).toContain(`/${name}/${environment}/${workload}`);
      expect(words).toContain(`service/${name}-${environment}/${service}`);
      expect(words).toContain(`${name}/${workload}`);
      expect(words).toContain(`HostedZones[?Name==\`"${zone}."\` && Config.PrivateZone==\`false\`].Id`);
      if (dns === 'create')
        expect(runbook.find((command) => command.includes('update-domain-nameservers'))).toContain(zone);
      for (const { secrets = {} } of spec.workloads)
        for (const secret of Object.values(secrets)) {
          const path = `${name}/${environment}/${secret.name}`;
          expect(words).toContain(secret.from === 'ssm' ? `/${path}` : path);
        }
    }),
    { numRuns: 25 },
  );
});

test('no command of the runbook is one that an interactive shell reads otherwise', () => {
  fc.assert(
    fc.property(anyEcsRepo, (repo) => {
      for (const block of listBlocks(render({ ...repo, templates }).get('docs/runbook.md')!.text)) {
        const bare = block.replace(/'[^']*'/g, '');
        // History expansion: `!` before a letter, but within single quotes.
        expect(bare).not.toMatch(/![^\s=(]/);
        // zsh takes no comments at its prompt.
        expect(bare).not.toMatch(/(?:^|\s)#/);
      }
    }),
    { numRuns: 10 },
  );
});

test('a block of the runbook can be pasted whole: nothing follows what would read it as its answer', () => {
  const asks = /\bread -|\b(?:apply|destroy|import|-migrate-state|configure sso)\b/;
  expect(joinCommands('terraform init -migrate-state &&\n  a\nfor b in c; do\n  read -rs d\ndone')).toStrictEqual([
    'terraform init -migrate-state && a',
    'for b in c; do   read -rs d done',
  ]);
  fc.assert(
    fc.property(anyEcsRepo, (repo) => {
      const blocks = listBlocks(render({ ...repo, templates }).get('docs/runbook.md')!.text);
      const followed = blocks.flatMap((block) => joinCommands(block).slice(0, -1));
      expect(followed.filter((command) => asks.test(command))).toStrictEqual([]);
      if (repo.spec.iac === 'terraform') expect(blocks.filter((block) => asks.test(block)).length).toBeGreaterThan(8);
    }),
    { numRuns: 10 },
  );
});

/** Template by stack, of everything that a person deploys. */
function listDeploys(commands: readonly string[][]): Record<string, string> {
  const after = (words: readonly string[], flag: string) => words[words.indexOf(flag) + 1] ?? '';
  const deploys = commands.filter((words) => words.slice(0, 3).join(' ') === 'aws cloudformation deploy');
  for (const words of deploys) expect(after(words, '--capabilities')).toBe('CAPABILITY_NAMED_IAM');
  return Object.fromEntries(deploys.map((words) => [after(words, '--stack-name'), after(words, '--template-file')]));
}

/** The environment at hand is the first. */
function expectDeploys({ name, environments }: FullSpec): Record<string, string> {
  return {
    [`${name}-bootstrap`]: 'infra/bootstrap.yaml',
    ...Object.fromEntries(
      environments.map((one) => [`${name}-bootstrap-${one}`, `infra/environments/${one}.bootstrap.yaml`]),
    ),
    [`${name}-${environments[0]}`]: 'infra/service.yaml',
  };
}

/** The commands of each block of shell, without its indentation. */
function listBlocks(markdown: string): string[] {
  const blocks = markdown.matchAll(/^( *)```sh\n(.*?)\n^\1```$/gms);
  return [...blocks].map(([, indent = '', block = '']) => block.replaceAll(new RegExp(`^${indent}`, 'gm'), ''));
}

/** What a shell reads to its end before it begins, on a line each. */
function joinCommands(block: string): string[] {
  return block
    .replace(/(&&|\||\\)\n\s*/g, '$1 ')
    .replace(/^for .*?\ndone$/gms, (loop) => loop.replaceAll('\n', ' '))
    .split('\n');
}
