/** Any repo for a target on ECS that is accepted: a Spec, and a Contract whose services its workloads serve. */
import fc from 'fast-check';
import type { Contract, Service } from '../../src/contract/contract.ts';
import type { FullSpec } from '../../src/spec/fill-settings.ts';
import { standardServices } from '../../src/topology/pieces.ts';
import { aNginxSpec, anEcsSpec } from '../spec/any-spec.ts';

export interface AnyRepo {
  spec: FullSpec;
  contract: Contract;
}

const identifier = fc.stringMatching(/^[A-Za-z_][A-Za-z0-9_]{0,24}$/);
const aPackage = fc.array(identifier, { maxLength: 3 });
const taken = ['main', 'settings', ...standardServices].map((name) => name.toLowerCase());

const aService = fc
  .record({
    packageParts: aPackage,
    name: identifier,
    methods: fc.uniqueArray(identifier, { maxLength: 3, selector: (name) => name.toLowerCase() }),
  })
  .map(({ packageParts, name, methods }): Service => {
    return {
      name,
      fullName: [...packageParts, name].join('.'),
      package: packageParts.join('.'),
      file: '',
      methods: methods.map((method) => ({ name: method, kind: 'unary', input: 'a.A', output: 'a.B' })),
    };
  })
  .filter(({ fullName }) => !taken.includes(fullName.toLowerCase()));

/** At least one for each workload. */
const someServices = fc.uniqueArray(aService, {
  minLength: 4,
  maxLength: 16,
  selector: ({ fullName }) => fullName.toLowerCase(),
});

/** All are npm's: what another package manager changes are words of ours, and no answer's. */
const addContract = (someSpec: fc.Arbitrary<FullSpec>) =>
  fc.tuple(someSpec, someServices).map(([spec, services]): AnyRepo => {
    const { packageManager: _, ...drawn } = spec;
    // Folders of their own, so that no two workloads claim one file.
    const workloads = drawn.workloads.map((workload, index) => {
      return { ...workload, protos: workload.protos.map((path) => `w${index}/${path}`.slice(0, 255)) };
    });
    const placed = services.map((service, index) => {
      const { protos } = workloads[index % workloads.length]!;
      return { ...service, file: `${protos[index % protos.length]}/x.proto` };
    });
    placed.sort((a, b) => (a.fullName < b.fullName ? -1 : 1));
    return { spec: { ...drawn, workloads }, contract: { services: placed } };
  });

/** For any of these targets, in either language. */
export const anyEcsRepo: fc.Arbitrary<AnyRepo> = addContract(fc.oneof(anEcsSpec, aNginxSpec));

/** For `ecs-alb`, in either language. */
export const anEcsRepo: fc.Arbitrary<AnyRepo> = addContract(anEcsSpec);

/** For `ecs-alb`, in Terraform. */
export const aTerraformRepo: fc.Arbitrary<AnyRepo> = addContract(
  anEcsSpec.map((spec) => ({ ...spec, iac: 'terraform' })),
);
