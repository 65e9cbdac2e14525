/** The properties of CloudFormation's resources in the words of Terraform's provider, for facts that are told of both. */
import { account } from '../fact.ts';
import { valueAt } from '../plan.ts';
import type { TemplateResource } from './template.ts';

type Attributes = Record<string, unknown>;

/** What a resource amounts to in Terraform; a group's own rules are resources there. */
export interface Told {
  type: string;
  name: string;
  values: Attributes;
}

/** By type; what is not here no fact speaks of. */
export const attributesOf: Readonly<Record<string, (resource: TemplateResource, one: Named) => Told[]>> = {
  'AWS::ElasticLoadBalancingV2::LoadBalancer': ({ properties }) => {
    const { Name, Type, Scheme, Subnets } = properties as Attributes;
    const attribute = listAttributes(properties, 'LoadBalancerAttributes');
    return tell('aws_lb', 'this', {
      name: Name,
      load_balancer_type: Type,
      internal: Scheme === 'internal',
      subnets: Subnets,
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
      ssl_policy: valueAt(properties, 'SslPolicy'),
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
      protocol_version: given.ProtocolVersion,
      target_type: given.TargetType,
      deregistration_delay: attribute['deregistration_delay.timeout_seconds'],
      load_balancing_algorithm_type: attribute['load_balancing.algorithm.type'],
      health_check: [
        {
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
  'AWS::EC2::SecurityGroup': ({ properties }, { kind }) => {
    const isEdge = kind === 'EdgeGroup';
    const rules = (way: string) => (valueAt(properties, way) ?? []) as unknown[];
    return [
      ...tell('aws_security_group', isEdge ? 'alb' : 'tasks', {}),
      ...rules('SecurityGroupEgress').flatMap((rule) =>
        tell('aws_vpc_security_group_egress_rule', isEdge ? 'alb_to_tasks' : 'tasks', describeRule(rule)),
      ),
      ...rules('SecurityGroupIngress').flatMap((rule) =>
        tell('aws_vpc_security_group_ingress_rule', `inside ${kind}`, describeRule(rule)),
      ),
    ];
  },
  'AWS::EC2::SecurityGroupIngress': ({ properties }, { kind }) =>
    tell(
      'aws_vpc_security_group_ingress_rule',
      kind === 'TasksFromEdge' ? 'tasks_from_alb' : 'alb_from_clients',
      describeRule(properties),
    ),
  'AWS::Logs::LogGroup': ({ properties }, { kind }) =>
    tell('aws_cloudwatch_log_group', { LogsOfMetrics: 'metrics', LogsOfFlow: 'flow' }[kind] ?? 'workload', {
      name: valueAt(properties, 'LogGroupName'),
      retention_in_days: valueAt(properties, 'RetentionInDays'),
      kms_key_id: valueAt(properties, 'KmsKeyId'),
    }),
  'AWS::IAM::Role': ({ properties }, { kind }) => {
    const name = { ExecutionRole: 'execution', TaskRole: 'task', FlowRole: 'flow' }[kind] ?? 'github';
    const policies = (valueAt(properties, 'Policies') ?? []) as unknown[];
    const managed = (valueAt(properties, 'ManagedPolicyArns') ?? []) as unknown[];
    return [
      // No job of GitHub's is it.
      ...tell(kind === 'StackRole' ? 'aws_cloudformation_role' : 'aws_iam_role', name, {
        name: valueAt(properties, 'RoleName'),
        path: valueAt(properties, 'Path'),
        max_session_duration: valueAt(properties, 'MaxSessionDuration'),
        permissions_boundary: valueAt(properties, 'PermissionsBoundary'),
        assume_role_policy: JSON.stringify(valueAt(properties, 'AssumeRolePolicyDocument')),
      }),
      ...policies.flatMap((policy) =>
        tell('aws_iam_role_policy', name, { policy: JSON.stringify(valueAt(policy, 'PolicyDocument')) }),
      ),
      ...managed.flatMap((policy) =>
        tell('aws_iam_role_policy_attachment', name, { role: valueAt(properties, 'RoleName'), policy_arn: policy }),
      ),
    ];
  },
  'AWS::IAM::OIDCProvider': ({ properties }) =>
    tell('aws_iam_openid_connect_provider', 'github', {
      // The provider keeps it so.
      url: String(valueAt(properties, 'Url')).replace('https://', ''),
      client_id_list: valueAt(properties, 'ClientIdList'),
    }),
  'AWS::IAM::ManagedPolicy': ({ properties }, { kind }) =>
    tell('aws_iam_policy', kind === 'Boundary' ? 'boundary' : 'github', {
      name: valueAt(properties, 'ManagedPolicyName'),
      arn: `arn:aws:iam::${account}:policy${valueAt(properties, 'Path') ?? '/'}${valueAt(properties, 'ManagedPolicyName')}`,
      policy: JSON.stringify(valueAt(properties, 'PolicyDocument')),
    }),
  'AWS::KMS::Key': ({ properties }, { self }) =>
    tell('aws_kms_key', 'logs', {
      arn: self('Arn'),
      enable_key_rotation: valueAt(properties, 'EnableKeyRotation'),
      policy: JSON.stringify(valueAt(properties, 'KeyPolicy')),
    }),
  'AWS::KMS::Alias': ({ properties }) => tell('aws_kms_alias', 'logs', { name: valueAt(properties, 'AliasName') }),
  'AWS::ECR::Repository': ({ properties }, { region }) =>
    tell('aws_ecr_repository', 'workload', {
      name: valueAt(properties, 'RepositoryName'),
      image_tag_mutability: valueAt(properties, 'ImageTagMutability'),
      image_scanning_configuration: [lower(valueAt(properties, 'ImageScanningConfiguration'))],
      encryption_configuration: [lower(valueAt(properties, 'EncryptionConfiguration'))],
      repository_url: `${account}.dkr.ecr.${region}.amazonaws.com/${valueAt(properties, 'RepositoryName')}`,
    }),
  'AWS::ECS::Cluster': ({ properties }) =>
    tell('aws_ecs_cluster', 'this', {
      name: valueAt(properties, 'ClusterName'),
      setting: lower(valueAt(properties, 'ClusterSettings')),
    }),
  'AWS::ECS::ClusterCapacityProviderAssociations': ({ properties }) =>
    tell('aws_ecs_cluster_capacity_providers', 'this', {
      capacity_providers: valueAt(properties, 'CapacityProviders'),
      default_capacity_provider_strategy: lower(valueAt(properties, 'DefaultCapacityProviderStrategy')),
    }),
  'AWS::ECS::TaskDefinition': ({ properties, policies }) =>
    tell('aws_ecs_task_definition', 'workload', {
      family: valueAt(properties, 'Family'),
      network_mode: valueAt(properties, 'NetworkMode'),
      requires_compatibilities: valueAt(properties, 'RequiresCompatibilities'),
      cpu: valueAt(properties, 'Cpu'),
      memory: valueAt(properties, 'Memory'),
      runtime_platform: [lower(valueAt(properties, 'RuntimePlatform'))],
      container_definitions: JSON.stringify(camel(valueAt(properties, 'ContainerDefinitions'))),
      skip_destroy: policies.replacement === 'Retain' && policies.deletion === 'Retain',
    }),
  'AWS::ECS::Service': ({ properties }) => {
    const given = properties as Attributes;
    const deployment = given.DeploymentConfiguration;
    const alarms = valueAt(deployment, 'Alarms');
    const place = valueAt(given, 'NetworkConfiguration.AwsvpcConfiguration');
    return tell('aws_ecs_service', 'workload', {
      name: given.ServiceName,
      launch_type: given.LaunchType,
      capacity_provider_strategy: lower(given.CapacityProviderStrategy),
      network_configuration: [
        { assign_public_ip: valueAt(place, 'AssignPublicIp') === 'ENABLED', subnets: valueAt(place, 'Subnets') },
      ],
      load_balancer: lower(given.LoadBalancers),
      deployment_minimum_healthy_percent: valueAt(deployment, 'MinimumHealthyPercent'),
      deployment_maximum_percent: valueAt(deployment, 'MaximumPercent'),
      deployment_circuit_breaker: [lower(valueAt(deployment, 'DeploymentCircuitBreaker'))],
      alarms: alarms === undefined ? [] : [lower(alarms)],
      health_check_grace_period_seconds: given.HealthCheckGracePeriodSeconds,
      availability_zone_rebalancing: given.AvailabilityZoneRebalancing,
      enable_execute_command: given.EnableExecuteCommand,
    });
  },
  'AWS::ApplicationAutoScaling::ScalableTarget': ({ properties }) =>
    tell('aws_appautoscaling_target', 'workload', lower(properties) as Attributes),
  'AWS::ApplicationAutoScaling::ScalingPolicy': ({ properties }) => {
    const by = 'TargetTrackingScalingPolicyConfiguration.PredefinedMetricSpecification.PredefinedMetricType';
    const predefined = [{ predefined_metric_type: valueAt(properties, by) }];
    return tell('aws_appautoscaling_policy', String(valueAt(properties, 'PolicyName')), {
      policy_type: valueAt(properties, 'PolicyType'),
      target_tracking_scaling_policy_configuration: [{ predefined_metric_specification: predefined }],
    });
  },
  'AWS::Logs::MetricFilter': ({ properties }) =>
    tell('aws_cloudwatch_log_metric_filter', 'faults', {
      pattern: valueAt(properties, 'FilterPattern'),
      log_group_name: valueAt(properties, 'LogGroupName'),
      metric_transformation: [
        {
          namespace: valueAt(properties, 'MetricTransformations.0.MetricNamespace'),
          name: valueAt(properties, 'MetricTransformations.0.MetricName'),
        },
      ],
    }),
  'AWS::CloudWatch::Alarm': ({ properties }, { kind }) => {
    const given = properties as Attributes;
    const dimensions = (given.Dimensions ?? []) as { Name: string; Value: unknown }[];
    return tell('aws_cloudwatch_metric_alarm', snake(kind.replace(/Alarm$/, '')), {
      ...(lower(given) as Attributes),
      dimensions: Object.fromEntries(dimensions.map(({ Name, Value }) => [Name, Value])),
    });
  },
  'AWS::SNS::Topic': ({ properties }) =>
    tell('aws_sns_topic', 'alarms', { kms_master_key_id: valueAt(properties, 'KmsMasterKeyId') }),
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

/** What else of a resource its attributes may need. */
export interface Named {
  /** The part of its name that says what it is. */
  kind: string;
  region: string;
  /** What `GetAtt` gives of it. */
  self(attribute: string): unknown;
}

function tell(type: string, name: string, values: Attributes): Told[] {
  return [{ type, name, values }];
}

function listAttributes(properties: unknown, name: string): Record<string, unknown> {
  const all = (valueAt(properties, name) ?? []) as { Key: string; Value: unknown }[];
  return Object.fromEntries(all.map(({ Key, Value }) => [Key, Value]));
}

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

/** `TargetGroupArn` becomes `target_group_arn`, at every depth. */
function lower(value: unknown): unknown {
  return rename(value, snake);
}

function snake(name: string): string {
  return name.replace(/(?<=[a-z0-9])[A-Z]/g, (letter) => `_${letter}`).toLowerCase();
}

/** As the API of ECS spells it; options of drivers are what they are. */
function camel(value: unknown): unknown {
  return rename(value, (name) => name.slice(0, 1).toLowerCase() + name.slice(1), 'Options');
}

function rename(value: unknown, change: (name: string) => string, untouched?: string): unknown {
  if (Array.isArray(value)) return value.map((one) => rename(one, change, untouched));
  if (typeof value !== 'object' || value === null) return value;
  return Object.fromEntries(
    Object.entries(value).map(([key, inner]) => [
      change(key),
      key === untouched ? inner : rename(inner, change, untouched),
    ]),
  );
}
