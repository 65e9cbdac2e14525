/** Which actions of AWS Terraform used, from its provider's own log, against what a role may do. Actions alone. */
import { readFileSync } from 'node:fs';
import { type Plan, readPolicy, sorted, valueAt } from './plan.ts';

/** How IAM calls each service of the provider's log. */
const prefixes: Readonly<Record<string, string>> = {
  ACM: 'acm',
  'Application Auto Scaling': 'application-autoscaling',
  CloudWatch: 'cloudwatch',
  'CloudWatch Logs': 'logs',
  EC2: 'ec2',
  ECR: 'ecr',
  ECS: 'ecs',
  'Elastic Load Balancing v2': 'elasticloadbalancing',
  IAM: 'iam',
  KMS: 'kms',
  'Route 53': 'route53',
  S3: 's3',
  'Secrets Manager': 'secretsmanager',
  SNS: 'sns',
  SSM: 'ssm',
  STS: 'sts',
  WAFV2: 'wafv2',
};

/** Calls to S3 whose action has another name. Source: https://docs.aws.amazon.com/AmazonS3/latest/API/API_Operations.html */
const actionsOfS3: Readonly<Record<string, string>> = {
  DeleteBucketEncryption: 'PutEncryptionConfiguration',
  DeleteBucketLifecycle: 'PutLifecycleConfiguration',
  DeleteBucketOwnershipControls: 'PutBucketOwnershipControls',
  DeleteBucketTagging: 'PutBucketTagging',
  DeleteObjects: 'DeleteObject',
  DeletePublicAccessBlock: 'PutBucketPublicAccessBlock',
  GetBucketAccelerateConfiguration: 'GetAccelerateConfiguration',
  GetBucketEncryption: 'GetEncryptionConfiguration',
  GetBucketLifecycleConfiguration: 'GetLifecycleConfiguration',
  GetBucketReplication: 'GetReplicationConfiguration',
  GetObjectLockConfiguration: 'GetBucketObjectLockConfiguration',
  GetPublicAccessBlock: 'GetBucketPublicAccessBlock',
  HeadBucket: 'ListBucket',
  ListObjectVersions: 'ListBucketVersions',
  ListObjectsV2: 'ListBucket',
  PutBucketEncryption: 'PutEncryptionConfiguration',
  PutBucketLifecycleConfiguration: 'PutLifecycleConfiguration',
  PutPublicAccessBlock: 'PutBucketPublicAccessBlock',
};

/** What a log of `TF_LOG_PROVIDER=DEBUG` tells: each kind of call once, as IAM names it. */
export function readActions(log: string): string[] {
  const actions = readFileSync(log, 'utf8')
    .split('\n')
    .flatMap((line) => {
      const method = /rpc\.method=(\w+)/.exec(line)?.[1];
      const [, quoted, bare] = /rpc\.service=(?:"([^"]+)"|(\S+))/.exec(line) ?? [];
      const service = quoted ?? bare;
      if (method === undefined || service === undefined) return [];
      const action = service === 'S3' ? (actionsOfS3[method] ?? method) : method;
      return [`${prefixes[service] ?? service}:${action}`];
    });
  // Nobody can be refused it.
  return sorted(new Set(actions)).filter((action) => action !== 'sts:GetCallerIdentity');
}

/** What a role of bootstrap's may do, as patterns. */
export function readAllowed(bootstrap: Plan, role: string): string[] {
  return bootstrap
    .of('aws_iam_policy', 'github')
    .filter(({ index }) => index.startsWith(`${role}-`))
    .flatMap(({ values }) => readPolicy(valueAt(values, 'policy')))
    .flatMap(({ Effect, Action }) => (Effect === 'Allow' ? Action : []));
}

export function findForbidden(actions: readonly string[], allowed: readonly string[]): string[] {
  const patterns = allowed.map((pattern) => new RegExp(`^${pattern.replaceAll('*', '.*')}$`));
  return actions.filter((action) => !patterns.some((pattern) => pattern.test(action)));
}
