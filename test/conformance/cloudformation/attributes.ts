/** The properties of CloudFormation's resources in the words of Terraform's provider, for facts that are told of both. */
import { account } from '../fact.ts';
import { valueAt } from '../plan.ts';
import { edgeAttributes } from './attributes-of-edge.ts';
import { type Attributes, type AttributesOf, camel, lower, snake, tell } from './spell-attributes.ts';

/** By type; what is not here no fact speaks of. */
export const attributesOf: AttributesOf = {
  ...edgeAttributes,
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
      volume: lower(valueAt(properties, 'Volumes') ?? []),
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
  'AWS::Logs::MetricFilter': ({ properties }, { kind }) =>
    tell('aws_cloudwatch_log_metric_filter', kind === 'FaultLines' ? 'faults' : 'unavailable', {
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
};
