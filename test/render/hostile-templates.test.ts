import fc from 'fast-check';
import { expect, test } from 'vitest';
import { servicesOf } from '../../src/contract/services-of.ts';
import { findTarget } from '../../src/targets/targets.ts';
import { ownFacts } from '../conformance/cloudformation/own-facts.ts';
import { parseAll, printAsTemplates, proveTemplates } from '../conformance/cloudformation/prove-templates.ts';
import { sharedFacts } from '../conformance/cloudformation/shared-facts.ts';
import type { PlanCase } from '../conformance/plan-cases.ts';
import { readTopology } from '../conformance/read-topology.ts';
import { type AnyRepo, anyEcsRepo } from './any-repo.ts';

/** Every accepted repo, printed as CloudFormation. */
function holdsForAll(check: (printed: PlanCase, repo: AnyRepo) => void, numRuns: number) {
  fc.assert(
    fc.property(anyEcsRepo, (repo) => {
      const { spec, contract } = repo;
      const world = { region: '', zone: null, secrets: {}, parameters: {}, network: false };
      const target = findTarget(spec.target);
      const topology = target.derive(spec, contract);
      const one = { key: 'least', title: '', target, spec, contract, topology, files: new Map(), world } as const;
      check(printAsTemplates(one), repo);
    }),
    { numRuns },
  );
}

test('whatever is answered, the templates amount to the Topology, and hold to what is said of workloads and names', () => {
  const asked = ['routes/', 'flow/', 'nginx/', 'secrets/', 'laws/', 'targets/', 'tasks/', 'sidecars/', 'roles/apart'];
  const isAsked = ({ id }: { id: string }) => asked.some((one) => id.startsWith(one));
  holdsForAll((printed) => {
    for (const proof of proveTemplates(parseAll(printed))) {
      expect(readTopology(proof)).toEqual(proof.topology);
      for (const fact of [...sharedFacts(printed.spec.target, 'environment').filter(isAsked), ...ownFacts])
        expect([fact.id, fact.check(proof)]).toEqual([fact.id, []]);
    }
  }, 30);
});

test('no answer is a name to Fn::Sub: those are the same in every repo', () => {
  const known =
    /^(?:!?AWS::(?:AccountId|Partition|Region|URLSuffix)|Environment|Hostname|ImageTag|GithubSubjectPrefix|Prefix|Short|Zone|(?:AccessBucket|Templates)\.Arn|env:(?:METRICS_LOG_GROUP|METRICS_NAMESPACE|WORKLOAD))$/;
  holdsForAll((printed) => {
    for (const [path, text] of printed.files) {
      if (!/^infra\/.*\.yaml$/.test(path)) continue;
      const names = [...text.matchAll(/\$\{([^}]*)\}/g)].map(([, name = '']) => name);
      expect(names.filter((name) => !known.test(name))).toEqual([]);
    }
  }, 15);
});

test('each service has a path that leads to it, exactly as the protos spell it', () => {
  holdsForAll((printed, { spec, contract }) => {
    const [proof] = proveTemplates(parseAll(printed));
    const rules = proof!.plan
      .of('aws_lb_listener_rule')
      .flatMap(({ values }) => JSON.stringify(values).match(/"\/[^"]*"/g) ?? []);
    const locations = printed.files.get('edge/nginx.conf')?.matchAll(/location (\/\S+\/) /g) ?? [];
    const paths = [...rules, ...[...locations].map(([, path]) => `"${path}*"`)];
    const services = spec.workloads.flatMap(({ protos }) =>
      servicesOf(protos, contract).map(({ fullName }) => `"/${fullName}/*"`),
    );
    expect(paths).toEqual(expect.arrayContaining(services));
  }, 15);
});
