/** What a target refuses although each answer by itself has the right form: one small function for each reason. */
import type { Fault } from '../errors.ts';
import { arrangeValue } from './arrange-value.ts';
import { findFaults, type Locate } from './check-value.ts';
import { findParentDomain, liesIn, nameHost, unownedDomains } from './domain-names.ts';
import { ecsTargets } from './ecs-targets.ts';
import { fargateSizes, leastWithCollector, listMemories, nearestMemory } from './fargate-sizes.ts';
import type { ValuePath } from './parse-json.ts';
import type { SchemaNode } from './schema-node.ts';
import type { Settings, TargetId, WorkloadSettings } from './spec.ts';

/** What can be relied on: each answer has the right form or is not there; defaults are filled in. */
interface SoundAnswers extends Partial<Settings> {
  name?: string;
  workloads?: readonly ({ name?: string } & Partial<WorkloadSettings>)[];
}

interface Finding extends Fault {
  path: ValuePath;
}

type Rule = (answers: SoundAnswers) => readonly Finding[];

/** Every fault of the answers together, for this target. `schema` is the target's. */
export function findTargetFaults(
  target: TargetId,
  schema: SchemaNode,
  value: unknown,
  locate: Locate | undefined,
): Fault[] {
  const rules = ecsTargets.includes(target) ? ecsRules : [];
  const answers = rules.length > 0 ? keepSound(schema, value) : {};
  return rules
    .flatMap((rule) => rule(answers))
    .map(({ path, ...fault }) => {
      const at = locate?.(path);
      return at ? { ...fault, at } : fault;
    });
}

/** What is wrong in form is told elsewhere; a rule that looked at it would only tell it twice. */
function keepSound(schema: SchemaNode, value: unknown): SoundAnswers {
  const given = typeof value === 'object' && value !== null ? (value as Record<string, unknown>) : {};
  const sound = Object.entries(schema.properties ?? {}).flatMap(([key, child]) => {
    if (!Object.hasOwn(given, key)) return [];
    const member = given[key];
    // An entry that is not sound stays as an empty one, so that the others keep their places.
    if (child.items?.properties && Array.isArray(member))
      return [[key, member.map((item) => (isSound(child.items!, item) ? item : {}))]];
    return isSound(child, member) ? [[key, member]] : [];
  });
  return arrangeValue(schema, Object.fromEntries(sound), { fill: true }) as SoundAnswers;
}

function isSound(schema: SchemaNode, value: unknown): boolean {
  return findFaults(schema, value, { partial: true }).length === 0;
}

/**
 * Beginnings that AWS refuses or keeps for itself, of names that begin with the project's.
 * Source: CreateLoadBalancer and CreateSecurityGroup in the service models of botocore 1.44.5 (read 2026-11-20), and
 * https://docs.aws.amazon.com/AmazonS3/latest/userguide/bucketnamingrules.html
 */
const refusedBeginnings = [
  { begins: 'internal-', what: 'load balancer' },
  { begins: 'sg-', what: 'security group' },
  { begins: 'xn--', what: 'bucket' },
  { begins: 'sthree-', what: 'bucket' },
  { begins: 'amzn-s3-demo-', what: 'bucket' },
] as const;

const refuseProjectName: Rule = ({ name = '' }) => {
  // What follows it is a hyphen and the environment.
  const refused = refusedBeginnings.find(({ begins }) => `${name}-`.startsWith(begins));
  if (!refused) return [];
  const message = `name cannot be "${name}": AWS takes no ${refused.what} whose name begins with ${refused.begins}`;
  return [{ path: ['name'], message, hint: 'Put something in front of it' }];
};

const refuseForeignZone: Rule = ({ domain, zone }) => {
  if (domain === undefined || zone === undefined || liesIn(domain, zone)) return [];
  const message = `the domain ${domain} does not lie in the zone ${zone}`;
  return [{ path: ['zone'], message, hint: `Use ${findParentDomain(domain)}, or whichever zone holds the domain` }];
};

const refuseUnownedDomain: Rule = ({ domain }) => {
  const last = domain?.split('.').at(-1);
  if (last === undefined || !unownedDomains.includes(last)) return [];
  const message = `nobody can own a domain that ends with .${last}, so it gets no certificate`;
  return [{ path: ['domain'], message, hint: 'Give a domain that you own' }];
};

/** Source: RequestCertificate, DomainName, in the service model of botocore 1.44.5 (read 2026-11-20). */
const longestHostname = 64;

const refuseLongDomain: Rule = ({ domain, environments = [] }) => {
  if (domain === undefined) return [];
  const names = environments.map((environment) => nameHost(environment, environments, domain));
  const longest = names.reduce((best, one) => (one.length > best.length ? one : best), domain);
  if (longest.length <= longestHostname) return [];
  const message = `clients would dial ${longest}: ${longest.length} characters, and a certificate of AWS takes ${longestHostname}`;
  const most = longestHostname - (longest.length - domain.length);
  return [{ path: ['domain'], message, hint: `Use a domain of at most ${most} characters` }];
};

/** The stacks of environments have the project's name in front, as that of the account's foundation has. */
const refuseFoundationsName: Rule = ({ name = '', iac, environments = [] }) => {
  const index = environments.indexOf('bootstrap');
  if (iac !== 'cloudformation' || index === -1) return [];
  const message = `the stack of the environment bootstrap would be called as the account’s foundation, ${name}-bootstrap`;
  return [{ path: ['environments', index], message, hint: 'Call that environment otherwise, or use Terraform' }];
};

const refuseTaskSize: Rule = ({ telemetry = false, workloads = [] }) =>
  workloads.flatMap(({ cpu = 256, memory }, index) => {
    const sizes = fargateSizes[cpu];
    if (memory === undefined || sizes.includes(memory)) return [];
    const range = sizes.length > 4 ? `${sizes[0]}, ${sizes[1]}, … ${sizes.at(-1)}` : sizes.join(', ');
    const message = `workloads[${index}].memory is ${memory}, but Fargate takes ${range} with a cpu of ${cpu}`;
    return [
      {
        path: ['workloads', index, 'memory'],
        message,
        hint: `Use ${nearestMemory(listMemories(cpu, telemetry), memory)}`,
      },
    ];
  });

const refuseCrowdedTask: Rule = ({ telemetry = false, workloads = [] }) =>
  workloads.flatMap(({ cpu = 256, memory }, index) => {
    if (!telemetry || memory === undefined || memory >= leastWithCollector) return [];
    if (!fargateSizes[cpu].includes(memory)) return [];
    const message = `workloads[${index}].memory is ${memory}, but with telemetry a collector shares it with the server: ${leastWithCollector} is the least`;
    return [
      { path: ['workloads', index, 'memory'], message, hint: `Use ${leastWithCollector}, or turn telemetry off` },
    ];
  });

/** Source: PutParameter, Name, in the service model of botocore 1.44.5 (read 2026-11-20). */
const refuseParameterName: Rule = ({ name = '', workloads = [] }) => {
  const begins = /^(?:aws|ssm)/.exec(name)?.[0];
  if (begins === undefined) return [];
  return workloads.flatMap(({ secrets = {} }, index) =>
    Object.entries(secrets)
      .filter(([, { from }]) => from === 'ssm')
      .map(([variable]) => ({
        path: ['workloads', index, 'secrets', variable, 'from'],
        message: `workloads[${index}].secrets.${variable} cannot be in ssm: it takes no name that begins with ${begins}, and the project’s does`,
        hint: 'Keep it in secretsmanager',
      })),
  );
};

const ecsRules: readonly Rule[] = [
  refuseProjectName,
  refuseUnownedDomain,
  refuseForeignZone,
  refuseLongDomain,
  refuseFoundationsName,
  refuseTaskSize,
  refuseCrowdedTask,
  refuseParameterName,
];
