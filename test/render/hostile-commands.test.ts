import fc from 'fast-check';
import { expect, test } from 'vitest';
import { render } from '../../src/render/render.ts';
import { describeExample } from '../../src/render/view.ts';
import { templates } from '../golden/render-answers.ts';
import { anEcsRepo } from './any-repo.ts';
import { runCommands } from './run-commands.ts';

test('the shell that tells is a real one', () => {
  const block = (...lines: string[]) => ['```sh', ...lines, '```'].join('\n');
  expect(runCommands(block("git 'a b' $(npm x)", 'nothing-of-that-name'))).toStrictEqual([
    ['npm', 'x'],
    ['git', 'a b', 'npm'],
    ['unknown: nothing-of-that-name'],
  ]);
  expect(() => runCommands(block('git "'))).toThrow();
});

test('every command of README and the runbook has the answers as its words, whatever they are', () => {
  fc.assert(
    fc.property(anEcsRepo, (repo) => {
      const { spec, contract } = repo;
      const tree = render({ ...repo, templates });
      const { name, domain, zone, environments, dns } = spec;
      const [environment] = environments;
      const [workload] = spec.workloads.map((one) => one.name);
      const { method, request } = describeExample(spec, contract);
      const call = ['npm', 'run', 'call', '--', '--tls', '--address'];

      const readme = runCommands(tree.get('README.md')!.text);
      expect(readme).toContainEqual([...call, `${domain}:443`, method, request]);
      expect(readme).toContainEqual(['npm', 'run', 'call', '--', method, request]);

      const runbook = runCommands(tree.get('docs/runbook.md')!.text);
      expect([...readme, ...runbook].flat().filter((word) => word.startsWith('unknown: '))).toStrictEqual([]);
      expect(runbook).toContainEqual([...call, 'terraform', method, request]);
      expect(runbook).toContainEqual(['dig', '+short', 'NS', zone]);
      const backend = `-backend-config=environments/${environment}.backend.hcl`;
      expect(runbook).toContainEqual([
        'terraform',
        '-chdir=infra',
        'init',
        backend,
        '-backend-config=bucket=terraform',
      ]);
      for (const one of environments)
        expect(runbook).toContainEqual(['gh', 'variable', 'set', 'AWS_DEPLOY_ROLE', '--env', one, '--body', 'jq']);
      const words = new Set(runbook.flat());
      expect(words).toContain(`${name}-${environment}`);
      expect(words).toContain(`/${name}/${environment}/${workload}`);
      expect(words).toContain(`service/${name}-${environment}/${workload}`);
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
    fc.property(anEcsRepo, (repo) => {
      const blocks = render({ ...repo, templates })
        .get('docs/runbook.md')!
        .text.matchAll(/^( *)```sh\n(.*?)^\1```$/gms);
      // History expansion: `!` before a letter, but within single quotes.
      for (const [, , block = ''] of blocks) expect(block.replace(/'[^']*'/g, '')).not.toMatch(/![^\s=(]/);
    }),
    { numRuns: 10 },
  );
});
