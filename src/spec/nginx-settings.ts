/** What is asked where nginx stands behind a load balancer of connections. */
import type { SchemaNode } from './schema-node.ts';
import type { Settings, TargetId } from './spec.ts';

const nginxTargets: readonly TargetId[] = ['ecs-nlb-nginx'];

export const nginxSettingNodes: Readonly<Record<keyof Pick<Settings, 'listener' | 'nginxVersion'>, SchemaNode>> = {
  listener: {
    type: 'string',
    targets: nginxTargets,
    description: 'What clients speak with the load balancer.',
    accepts: 'tls or tcp',
    example: 'tcp',
    enum: ['tls', 'tcp'],
    titles: {
      tls: 'HTTP/2 over TLS, which ends at the load balancer',
      tcp: 'HTTP/2 without TLS, for traffic inside a network',
    },
    default: 'tls',
    question: {
      flag: 'listener',
      valueName: 'PROTOCOL',
      option: 'No TLS between clients and the load balancer',
      help: 'What clients speak with the load balancer: tls or tcp',
    },
  },
  nginxVersion: {
    type: 'string',
    targets: nginxTargets,
    description: 'The version of nginx in front of the servers. Without it: the one that create-grpc-aws pins.',
    // Older ones have no image of the kind that edge/Dockerfile begins with.
    accepts: 'a version of nginx from 1.22 on, such as 1.22 or 1.30.4',
    example: '1.22',
    pattern: '^1\\.(2[2-9]|[3-9][0-9])(\\.[0-9]{1,3})?$',
    maxLength: 9,
    question: {
      flag: 'nginx-version',
      valueName: 'VERSION',
      help: 'Version of nginx in front of the servers (default: the pinned one)',
    },
  },
};
