/** The edge, its names, its logs and its network, in the words of Terraform's provider. */
import { valueAt } from '../plan.ts';
import { type Attributes, type AttributesOf, listAttributes, tell } from './spell-attributes.ts';

export const edgeAttributes: AttributesOf = {
  'AWS::ElasticLoadBalancingV2::LoadBalancer': ({ properties }) => {
    const { Name, Type, Scheme, Subnets } = properties as Attributes;
    const attribute = listAttributes(properties, 'LoadBalancerAttributes');
    return tell('aws_lb', 'this', {
      name: Name,
      load_balancer_type: Type,
      internal: Scheme === 'internal',
      subnets: Subnets,
      enable_cross_zone_load_balancing: attribute['load_balancing.cross_zone.enabled'] === 'true',
      enable_http2: attribute['routing.http2.enabled'] === 'true',
      idle_timeout: Number(attribute['idle_timeout.timeout_seconds']),
      client_keep_alive: Number(attribute['client_keep_alive.seconds']),
      drop_invalid_header_fields: attribute['routing.http.drop_invalid_header_fields.enabled'] === 'true',
      enable_deletion_protection: attribute['deletion_protection.enabled'] === 'true',
      access_logs: [
        { enabled: attribute['access_logs.s3.enabled'] === 'true', bucket: attribute['access_logs.s3.bucket'] },
      ],
    });
  },
  'AWS::ElasticLoadBalancingV2::Listener': ({ properties }) =>
    tell('aws_lb_listener', 'grpc', {
      port: valueAt(properties, 'Port'),
      protocol: valueAt(properties, 'Protocol'),
      ssl_policy: valueAt(properties, 'SslPolicy') ?? null,
      // There it is one word, here a list of one.
      alpn_policy: valueAt(properties, 'AlpnPolicy.0') ?? null,
      tcp_idle_timeout_seconds: Number(listAttributes(properties, 'ListenerAttributes')['tcp.idle_timeout.seconds']),
      default_action: (valueAt(properties, 'DefaultActions') as unknown[]).map((action) => ({
        type: valueAt(action, 'Type'),
        fixed_response: [{ status_code: valueAt(action, 'FixedResponseConfig.StatusCode') }],
      })),
    }),
  'AWS::ElasticLoadBalancingV2::ListenerRule': ({ properties }) =>
    tell('aws_lb_listener_rule', 'services', {
      condition: (valueAt(properties, 'Conditions') as unknown[]).map((condition) => ({
        path_pattern: [{ values: valueAt(condition, 'PathPatternConfig.Values') }],
      })),
      action: (valueAt(properties, 'Actions') as unknown[]).map((action) => ({ type: valueAt(action, 'Type') })),
    }),
  'AWS::ElasticLoadBalancingV2::TargetGroup': ({ properties }) => {
    const attribute = listAttributes(properties, 'TargetGroupAttributes');
    const given = properties as Attributes;
    return tell('aws_lb_target_group', 'workload', {
      name: given.Name,
      port: given.Port,
      protocol: given.Protocol,
      protocol_version: given.ProtocolVersion ?? null,
      target_type: given.TargetType,
      deregistration_delay: attribute['deregistration_delay.timeout_seconds'],
      load_balancing_algorithm_type: attribute['load_balancing.algorithm.type'],
      connection_termination: attribute['deregistration_delay.connection_termination.enabled'] === 'true',
      preserve_client_ip: attribute['preserve_client_ip.enabled'],
      target_health_state: [
        {
          enable_unhealthy_connection_termination:
            attribute['target_health_state.unhealthy.connection_termination.enabled'] === 'true',
          unhealthy_draining_interval: Number(attribute['target_health_state.unhealthy.draining_interval_seconds']),
        },
      ],
      health_check: [
        {
          protocol: given.HealthCheckProtocol,
          enabled: given.HealthCheckEnabled,
          path: given.HealthCheckPath,
          matcher: valueAt(given, 'Matcher.GrpcCode'),
          port: given.HealthCheckPort,
          interval: given.HealthCheckIntervalSeconds,
          timeout: given.HealthCheckTimeoutSeconds,
          healthy_threshold: given.HealthyThresholdCount,
          unhealthy_threshold: given.UnhealthyThresholdCount,
        },
      ],
    });
  },
  'AWS::CertificateManager::Certificate': ({ properties }) =>
    tell('aws_acm_certificate', 'this', {
      domain_name: valueAt(properties, 'DomainName'),
      validation_method: valueAt(properties, 'ValidationMethod'),
    }),
  'AWS::Route53::RecordSet': ({ properties }) =>
    tell('aws_route53_record', 'hostname', {
      name: valueAt(properties, 'Name'),
      type: valueAt(properties, 'Type'),
    }),
  'AWS::Route53::HostedZone': ({ properties }) =>
    tell('aws_route53_zone', 'this', { name: valueAt(properties, 'Name') }),
  'AWS::S3::Bucket': ({ properties }, { kind }) => {
    const name = kind === 'AccessBucket' ? 'access_logs' : 'templates';
    const encryption = 'BucketEncryption.ServerSideEncryptionConfiguration.0.ServerSideEncryptionByDefault';
    const closed = valueAt(properties, 'PublicAccessBlockConfiguration');
    return [
      ...tell('aws_s3_bucket', name, { bucket: valueAt(properties, 'BucketName') }),
      ...tell('aws_s3_bucket_public_access_block', name, {
        block_public_acls: valueAt(closed, 'BlockPublicAcls'),
        block_public_policy: valueAt(closed, 'BlockPublicPolicy'),
        ignore_public_acls: valueAt(closed, 'IgnorePublicAcls'),
        restrict_public_buckets: valueAt(closed, 'RestrictPublicBuckets'),
      }),
      ...tell('aws_s3_bucket_ownership_controls', name, {
        rule: [{ object_ownership: valueAt(properties, 'OwnershipControls.Rules.0.ObjectOwnership') }],
      }),
      ...tell('aws_s3_bucket_server_side_encryption_configuration', name, {
        rule: [
          {
            apply_server_side_encryption_by_default: [
              { sse_algorithm: valueAt(properties, `${encryption}.SSEAlgorithm`) },
            ],
          },
        ],
      }),
      ...tell('aws_s3_bucket_lifecycle_configuration', name, {
        rule: [{ status: valueAt(properties, 'LifecycleConfiguration.Rules.0.Status') }],
      }),
    ];
  },
  'AWS::S3::BucketPolicy': ({ properties }) =>
    tell('aws_s3_bucket_policy', 'this', { policy: JSON.stringify(valueAt(properties, 'PolicyDocument')) }),
  'AWS::EC2::SecurityGroup': ({ properties }, { kind, edge }) => {
    const isEdge = kind === 'EdgeGroup';
    const rules = (way: string) => (valueAt(properties, way) ?? []) as unknown[];
    return [
      ...tell('aws_security_group', isEdge ? edge : 'tasks', {}),
      ...rules('SecurityGroupEgress').flatMap((rule) =>
        tell('aws_vpc_security_group_egress_rule', isEdge ? `${edge}_to_tasks` : 'tasks', describeRule(rule)),
      ),
      ...rules('SecurityGroupIngress').flatMap((rule) =>
        tell('aws_vpc_security_group_ingress_rule', `inside ${kind}`, describeRule(rule)),
      ),
    ];
  },
  'AWS::EC2::SecurityGroupIngress': ({ properties }, { kind, edge }) =>
    tell(
      'aws_vpc_security_group_ingress_rule',
      kind === 'TasksFromEdge' ? `tasks_from_${edge}` : `${edge}_from_clients`,
      describeRule(properties),
    ),
  'AWS::EC2::VPC': ({ properties }) => tell('aws_vpc', 'this', { cidr_block: valueAt(properties, 'CidrBlock') }),
  'AWS::EC2::Subnet': ({ properties }, { kind }) =>
    tell('aws_subnet', kind.startsWith('Public') ? 'public' : 'private', {
      availability_zone: valueAt(properties, 'AvailabilityZone'),
      cidr_block: valueAt(properties, 'CidrBlock'),
      map_public_ip_on_launch: valueAt(properties, 'MapPublicIpOnLaunch'),
    }),
  'AWS::EC2::NatGateway': () => tell('aws_nat_gateway', 'this', {}),
  'AWS::EC2::VPCEndpoint': ({ properties }) =>
    tell('aws_vpc_endpoint', 's3', {
      vpc_endpoint_type: valueAt(properties, 'VpcEndpointType'),
      service_name: valueAt(properties, 'ServiceName'),
    }),
  'AWS::EC2::FlowLog': ({ properties }) =>
    tell('aws_flow_log', 'this', {
      traffic_type: valueAt(properties, 'TrafficType'),
      log_destination_type: valueAt(properties, 'LogDestinationType'),
    }),
};

function describeRule(rule: unknown): Attributes {
  return {
    ip_protocol: valueAt(rule, 'IpProtocol'),
    from_port: valueAt(rule, 'FromPort'),
    to_port: valueAt(rule, 'ToPort'),
    cidr_ipv4: valueAt(rule, 'CidrIp') ?? null,
    cidr_ipv6: valueAt(rule, 'CidrIpv6') ?? null,
    prefix_list_id: valueAt(rule, 'SourcePrefixListId') ?? valueAt(rule, 'DestinationPrefixListId') ?? null,
  };
}
