/** The load balancer: TLS and names, what it refuses, how long it waits, what it writes down. */
import type { Fact, Proof } from '../fact.ts';
import { compareSets, compareValues, type Resource, show, valueAt } from '../plan.ts';

const file = 'load-balancer.tf';

export const edgeFacts: readonly Fact[] = [
  {
    id: 'edge/https-only',
    fact: 'There is one listener, and it speaks HTTPS on port 443',
    source: 'https://github.com/kubernetes-sigs/aws-load-balancer-controller/issues/2214',
    check: (proof) => {
      const listeners = proof.plan.of('aws_lb_listener');
      const { port } = listenerOf(proof);
      return [
        ...(listeners.length === 1 ? [] : [`there are ${listeners.length} listeners`]),
        ...listeners.flatMap((one) => compareValues(one, { port, protocol: 'HTTPS' })),
      ];
    },
    breaks: [
      {
        file,
        from: 'port = 443 protocol = "HTTPS"',
        to: 'port = 443\n  protocol = "HTTP"',
        says: 'protocol is "HTTP"',
      },
      {
        file: 'dns.tf',
        from: 'resource "aws_route53_record" "hostname" {',
        to: `resource "aws_lb_listener" "clear" {
          load_balancer_arn = aws_lb.this.arn
          port              = 80
          protocol          = "HTTP"
          default_action {
            type             = "forward"
            target_group_arn = aws_lb_target_group.workload["orders"].arn
          }
        }
        resource "aws_route53_record" "hostname" {`,
        says: 'there are 2 listeners',
      },
    ],
  },
  {
    id: 'edge/tls-policy',
    fact: 'Its policy takes TLS 1.3 and 1.2 alone',
    source: 'https://docs.aws.amazon.com/elasticloadbalancing/latest/application/describe-ssl-policies.html',
    check: ({ plan }) =>
      plan.of('aws_lb_listener', 'grpc').flatMap(({ values }) => {
        if (valueAt(values, 'protocol') === 'TCP') return [];
        const policy = String(valueAt(values, 'ssl_policy'));
        return policy.startsWith('ELBSecurityPolicy-TLS13-1-2') ? [] : [`the policy is ${policy}`];
      }),
    breaks: [
      {
        file,
        from: '"ELBSecurityPolicy-TLS13-1-2-Res-PQ-2025-09"',
        to: '"ELBSecurityPolicy-2016-08"',
        says: 'ELBSecurityPolicy-2016-08',
      },
    ],
  },
  {
    id: 'edge/certificate',
    fact: 'Its certificate is the one that was validated',
    check: (proof) =>
      listenerOf(proof).tls === undefined
        ? []
        : expectReference(
            proof.plan.references('aws_lb_listener.grpc', 'certificate_arn'),
            'aws_acm_certificate_validation.this',
          ),
    breaks: [
      {
        file,
        from: 'aws_acm_certificate_validation.this.certificate_arn',
        to: 'aws_acm_certificate.this.arn',
        says: 'not aws_acm_certificate_validation.this',
      },
    ],
  },
  {
    id: 'edge/unrouted',
    fact: 'A call that no rule takes is answered loudly, with what clients read as UNIMPLEMENTED',
    source: 'https://github.com/grpc/grpc/blob/master/doc/http-grpc-status-mapping.md',
    check: (proof) =>
      proof.plan.of('aws_lb_listener', 'grpc').flatMap((one) =>
        compareValues(one, {
          'default_action.length': 1,
          'default_action.0.type': 'fixed-response',
          'default_action.0.fixed_response.0.status_code': String(listenerOf(proof).unrouted),
        }),
      ),
    breaks: [{ file, from: 'status_code = "404"', to: 'status_code = "200"', says: 'status_code is "200"' }],
  },
  {
    id: 'edge/scheme',
    fact: 'It faces the internet, or the network alone, as was asked',
    check: ({ plan, topology }) =>
      plan.of('aws_lb').flatMap((one) => compareValues(one, { internal: topology.edges[0]!.scheme === 'internal' })),
    breaks: [
      {
        file,
        from: 'load_balancer_type = "application" internal = local.internal',
        to: 'load_balancer_type = "application"\n  internal = !local.internal',
        says: 'internal is false',
      },
    ],
  },
  {
    id: 'edge/subnets',
    fact: 'It stands in public subnets if it faces the internet, in private ones if not',
    check: ({ plan, spec, subnets }) => {
      const wanted = spec.internal ? subnets.private : subnets.public;
      const references = plan.references('aws_lb.this', 'subnets');
      return [
        ...compareSets('what its subnets hang on', references, [
          'local.internal',
          'local.private_subnets',
          'local.public_subnets',
        ]),
        // Those of a network that is made are not known yet.
        ...(wanted === undefined
          ? []
          : plan
              .of('aws_lb')
              .flatMap(({ values }) => compareSets('its subnets', valueAt(values, 'subnets') as string[], wanted))),
      ];
    },
    breaks: [
      {
        in: 'existing',
        file,
        from: 'local.internal ? local.private_subnets : local.public_subnets',
        to: 'local.internal ? local.public_subnets : local.private_subnets',
        says: 'is too much',
      },
    ],
  },
  {
    id: 'edge/http2',
    fact: 'It is an application load balancer with HTTP/2, without which there is no gRPC',
    check: ({ plan }) =>
      plan.of('aws_lb').flatMap((one) => compareValues(one, { load_balancer_type: 'application', enable_http2: true })),
    breaks: [{ file, from: 'enable_http2 = true', to: 'enable_http2 = false', says: 'enable_http2 is false' }],
  },
  {
    id: 'edge/idle',
    fact: 'A quiet stream is cut after the idle time of the Topology, not after the default of 60 s',
    check: (proof) =>
      proof.plan.of('aws_lb').flatMap((one) => compareValues(one, { idle_timeout: listenerOf(proof).idle })),
    breaks: [
      { file, from: 'idle_timeout = local.timings.edge_idle', to: 'idle_timeout = 60', says: 'idle_timeout is 60' },
    ],
  },
  {
    id: 'edge/client-keep-alive',
    fact: 'A connection of a client lives as long as the Topology says',
    check: (proof) =>
      proof.plan
        .of('aws_lb')
        .flatMap((one) => compareValues(one, { client_keep_alive: listenerOf(proof).connection.maxAge })),
    breaks: [
      {
        file,
        from: 'client_keep_alive = local.timings.client_keep_alive',
        to: 'client_keep_alive = 3600',
        says: 'client_keep_alive is 3600',
      },
    ],
  },
  {
    id: 'edge/header-fields',
    fact: 'It drops header fields that are invalid',
    check: ({ plan }) => plan.of('aws_lb').flatMap((one) => compareValues(one, { drop_invalid_header_fields: true })),
    breaks: [
      {
        file,
        from: 'drop_invalid_header_fields = true',
        to: 'drop_invalid_header_fields = false',
        says: 'drop_invalid_header_fields is false',
      },
    ],
  },
  {
    id: 'edge/deletion-protection',
    fact: 'In production it refuses to be destroyed',
    check: ({ plan, production }) =>
      plan.of('aws_lb').flatMap((one) => compareValues(one, { enable_deletion_protection: production })),
    breaks: [
      {
        file: 'variables.tf',
        from: 'type = bool default = true',
        to: 'type    = bool\n  default = false',
        says: 'enable_deletion_protection is false',
      },
    ],
  },
  {
    id: 'edge/access-logs',
    fact: 'It logs every call into a bucket of its own',
    check: ({ plan }) => {
      const [bucket] = plan.of('aws_s3_bucket', 'access_logs');
      const wanted = { 'access_logs.0.enabled': true, 'access_logs.0.bucket': valueAt(bucket?.values, 'bucket') };
      return plan.of('aws_lb').flatMap((one) => compareValues(one, wanted));
    },
    breaks: [
      {
        file,
        from: 'access_logs { enabled = true',
        to: 'access_logs {\n    enabled = false',
        says: 'access_logs.0.enabled is false',
      },
    ],
  },
  {
    id: 'edge/log-bucket',
    fact: 'That bucket is closed to the public, encrypted, written by the load balancers of AWS alone, and forgets',
    source: 'https://docs.aws.amazon.com/elasticloadbalancing/latest/application/enable-access-logging.html',
    check: ({ plan }) => {
      const document = 'data.aws_iam_policy_document.access_logs';
      const writer = plan.constant(document, 'statement.0.principals.0.identifiers');
      const refused = valueAt(plan.constant(document, 'statement.1.actions'), '0');
      return [
        ...compareOne(plan.of('aws_s3_bucket_public_access_block', 'access_logs'), closedToThePublic),
        ...compareOne(plan.of('aws_s3_bucket_ownership_controls', 'access_logs'), ownedByTheAccount),
        ...compareOne(plan.of('aws_s3_bucket_server_side_encryption_configuration', 'access_logs'), {
          'rule.0.apply_server_side_encryption_by_default.0.sse_algorithm': 'AES256',
        }),
        ...compareOne(plan.of('aws_s3_bucket_lifecycle_configuration', 'access_logs'), { 'rule.0.status': 'Enabled' }),
        ...(show(writer) === '["logdelivery.elasticloadbalancing.amazonaws.com"]'
          ? []
          : [`it is written by ${show(writer)}`]),
        ...(refused === 's3:*' ? [] : ['it takes calls without TLS']),
      ];
    },
    breaks: [
      {
        file: 'access-logs.tf',
        from: 'block_public_policy = true',
        to: 'block_public_policy = false',
        says: 'block_public_policy is false',
      },
      {
        file: 'access-logs.tf',
        from: '["logdelivery.elasticloadbalancing.amazonaws.com"]',
        to: '["delivery.logs.amazonaws.com"]',
        says: 'it is written by ["delivery.logs.amazonaws.com"]',
      },
    ],
  },
  {
    id: 'edge/name',
    fact: 'The name that clients dial leads to it, and is the one in the certificate, where TLS asks for one',
    check: ({ plan, topology, hostname }) => [
      ...compareOne(plan.of('aws_route53_record', 'hostname'), { name: hostname, type: 'A' }),
      ...(topology.edges[0]!.listeners[0]!.tls === undefined
        ? plan.of('aws_acm_certificate').map(({ address }) => `${address} is for nothing`)
        : compareOne(plan.of('aws_acm_certificate'), { domain_name: hostname })),
      ...expectReference(plan.references('aws_route53_record.hostname', 'alias.0.name'), 'aws_lb.this.dns_name'),
    ],
    breaks: [
      {
        file: 'dns.tf',
        from: 'name = var.hostname type = "A"',
        to: 'name    = "www.${var.hostname}"\n  type    = "A"',
        says: 'name is "www.',
      },
    ],
  },
  {
    id: 'edge/validation',
    fact: 'The certificate is validated by records in the zone',
    check: whereTls(({ plan, hostname }) => [
      ...compareOne(plan.of('aws_acm_certificate'), { validation_method: 'DNS' }),
      ...plan
        .of('aws_route53_record', 'validation')
        .flatMap((one) => (one.index === hostname ? [] : [`${one.address} is of another name`])),
      ...expectReference(
        plan.references('aws_acm_certificate_validation.this', 'validation_record_fqdns'),
        'aws_route53_record.validation',
      ),
      ...expectReference(
        plan.references('aws_route53_record.validation', 'zone_id'),
        'data.aws_route53_zone.this.zone_id',
      ),
    ]),
    breaks: [
      {
        file: 'certificate.tf',
        from: '[for record in aws_route53_record.validation : record.fqdn]',
        to: '["somewhere.example.com"]',
        says: 'not aws_route53_record.validation',
      },
    ],
  },
];

export const closedToThePublic = {
  block_public_acls: true,
  block_public_policy: true,
  ignore_public_acls: true,
  restrict_public_buckets: true,
};
export const ownedByTheAccount = { 'rule.0.object_ownership': 'BucketOwnerEnforced' };

function whereTls(check: Fact['check']): Fact['check'] {
  return (proof) => (listenerOf(proof).tls === undefined ? [] : check(proof));
}

export function listenerOf({ topology }: Proof) {
  return topology.edges[0]!.listeners[0]!;
}

/** As `compareValues`, of exactly one resource. */
export function compareOne(found: readonly Resource[], wanted: Readonly<Record<string, unknown>>): string[] {
  const [only] = found;
  return only && found.length === 1 ? compareValues(only, wanted) : [`there are ${found.length} where one is wanted`];
}

export function expectReference(references: readonly string[], wanted: string): string[] {
  return references.includes(wanted) ? [] : [`it comes from ${references.join(', ') || 'nothing'}, not ${wanted}`];
}
