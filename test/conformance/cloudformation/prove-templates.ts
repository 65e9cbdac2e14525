/** What is held to the facts: the stacks that an emitted repo makes in an account, of its first environment and of production. */
import { render } from '../../../src/render/render.ts';
import { nameHost } from '../../../src/spec/domain-names.ts';
import { templates } from '../../golden/render-answers.ts';
import { account, imageTag, type Proof } from '../fact.ts';
import { subject } from '../facts/bootstrap.ts';
import { valueAt } from '../plan.ts';
import type { PlanCase } from '../plan-cases.ts';
import { parseTemplate, readTemplate, type Template, type Whole } from './template.ts';
import { describeAsPlan, type Stack } from './template-plan.ts';

/** The same repo, printed as CloudFormation. */
export function printAsTemplates(one: PlanCase): PlanCase {
  const spec = { ...one.spec, iac: 'cloudformation' as const };
  const tree = render({ spec, contract: one.contract, templates });
  return { ...one, spec, files: new Map([...tree].map(([path, { text }]) => [path, text])) };
}

/** Parsed once, to be read with other parameters, or changed first. */
export interface Printed {
  case: PlanCase;
  /** By path. */
  templates: ReadonlyMap<string, Whole>;
}

export function parseAll(printed: PlanCase): Printed {
  const files = [...printed.files].filter(([path]) => /^infra\/.*\.yaml$/.test(path));
  return { case: printed, templates: new Map(files.map(([path, text]) => [path, parseTemplate(text)])) };
}

export interface TemplateProof extends Proof {
  service: Template;
  foundation: Template;
  /** Of this environment. */
  grounds: Template;
}

/** Of the repo's first environment and of production, or of those that are named. */
export function proveTemplates(
  { case: printed, templates: wholes }: Printed,
  names?: readonly string[],
): TemplateProof[] {
  const { spec } = printed;
  const foundation = readTemplate(wholes.get('infra/bootstrap.yaml')!, {
    region: spec.region,
    parameters: { GithubSubjectPrefix: subject, HostedZoneId: 'Z0123456789ABCDEFGHIJ' },
    imports: new Map(),
  });
  const grounds = new Map(
    spec.environments.map((environment) => {
      // No parameter of the template's: it makes up the names that AWS would.
      const around = { region: spec.region, parameters: { Environment: environment }, imports: foundation.exports };
      return [environment, readTemplate(wholes.get(`infra/environments/${environment}.bootstrap.yaml`)!, around)];
    }),
  );
  const others = [...grounds].map(([index, template]): Stack => ({ template, index, tags: {} }));
  const bootstrap = describeAsPlan([{ template: foundation, tags: {} }, ...others], printed);
  const imports = new Map([foundation, ...grounds.values()].flatMap(({ exports }) => [...exports]));
  return (names ?? [spec.environments[0]!, spec.environments.at(-1)!]).map((environment) => {
    const { parameters, tags } = readParameters(printed, environment, wholes.get('infra/service.yaml')!);
    const around = { region: spec.region, parameters, imports };
    const service = readTemplate(wholes.get('infra/service.yaml')!, around);
    return {
      plan: describeAsPlan([{ template: service, tags }], printed),
      case: printed,
      spec,
      topology: printed.topology,
      timings: printed.target.timings,
      environment,
      production: environment === spec.environments.at(-1),
      hostname: nameHost(environment, spec.environments, spec.domain),
      name: `${spec.name}-${environment}`,
      bootstrap,
      subnets: spec.network === 'existing' ? subnets : {},
      service,
      foundation,
      grounds: grounds.get(environment)!,
    };
  });
}

const subnets = { public: ['subnet-1a', 'subnet-1b'], private: ['subnet-2a', 'subnet-2b'] };

interface Parameters {
  Parameters: Record<string, string>;
  Tags: Record<string, string>;
}

/** As the file has them, with what it leaves empty for somebody to fill in. */
function readParameters({ spec, files }: PlanCase, environment: string, service: Whole) {
  const { Parameters, Tags } = JSON.parse(files.get(`infra/environments/${environment}.json`)!) as Parameters;
  const secrets = locateSecrets(spec, environment);
  const filled: Record<string, string> = {
    VpcId: 'vpc-0a',
    VpcCidr: '10.9.0.0/16',
    PublicSubnets: subnets.public.join(),
    PrivateSubnets: subnets.private.join(),
  };
  const given = Object.entries(Parameters).map(([name, value]) => [
    name,
    value || (filled[name] ?? secrets.find((arn) => isFor(service.Parameters?.[name], arn)) ?? ''),
  ]);
  const parameters = { ...Object.fromEntries(given), ImageTag: imageTag } as Record<string, string>;
  return { parameters, tags: Tags };
}

/** Each names the secret that it takes. */
function isFor(parameter: unknown, arn: string): boolean {
  const pattern = valueAt(parameter, 'AllowedPattern');
  return typeof pattern === 'string' && pattern.includes(':secretsmanager:') && new RegExp(pattern).test(arn);
}

/** As AWS ends them: with six characters of its own. */
function locateSecrets(spec: PlanCase['spec'], environment: string): string[] {
  return spec.workloads
    .flatMap(({ secrets = {} }) => Object.values(secrets))
    .filter(({ from }) => from === 'secretsmanager')
    .map(
      ({ name }) =>
        `arn:aws:secretsmanager:${spec.region}:${account}:secret:${spec.name}/${environment}/${name}-AbCdEf`,
    );
}
