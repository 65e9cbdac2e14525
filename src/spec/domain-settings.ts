/** What is asked about the name that clients dial: the name, the hosted zone it lies in, and where that comes from. */
import { domainPattern, findParentDomain, suggestDomain } from './domain-names.ts';
import { ecsTargets } from './ecs-targets.ts';
import type { SchemaNode } from './schema-node.ts';
import type { Settings } from './spec.ts';

const domain = {
  type: 'string',
  accepts: 'a DNS name of two or more labels in lower case, such as grpc.example.com',
  example: 'grpc.example.com',
  pattern: domainPattern,
  maxLength: 253,
  hint: suggestDomain,
} as const satisfies Partial<SchemaNode>;

export const domainSettingNodes: Readonly<Record<keyof Pick<Settings, 'domain' | 'zone' | 'dns'>, SchemaNode>> = {
  domain: {
    ...domain,
    targets: ecsTargets,
    needed: true,
    description: 'What clients of production dial; those of another environment dial ENVIRONMENT.DOMAIN.',
    question: {
      flag: 'domain',
      valueName: 'DOMAIN',
      prompt: 'Which domain will clients dial in production?',
      help: 'What clients of production dial; those of dev dial dev.DOMAIN',
    },
  },
  zone: {
    ...domain,
    example: 'example.com',
    targets: ecsTargets,
    description:
      'The hosted zone of Route 53 that the domain lies in. Without it: the domain without its first label, or the domain itself if it has only two.',
    defaultFrom: (said) => (typeof said.domain === 'string' ? findParentDomain(said.domain) : undefined),
    question: {
      flag: 'zone',
      valueName: 'ZONE',
      help: 'Hosted zone of Route 53 (default: the domain without its first label)',
    },
  },
  dns: {
    type: 'string',
    targets: ecsTargets,
    description: 'Where that hosted zone comes from.',
    accepts: 'existing or create',
    example: 'create',
    enum: ['existing', 'create'],
    titles: {
      existing: 'one that is in the AWS account',
      create: 'a new one, which the domain’s owner has to delegate to',
    },
    default: 'existing',
    question: {
      flag: 'dns',
      valueName: 'DNS',
      prompt: 'Which hosted zone of Route 53 will the domain lie in?',
      help: 'existing: a hosted zone that is there; create: a new one, to delegate to',
    },
  },
};
