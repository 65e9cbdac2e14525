# What somebody should hear of, whatever the load balancer is, and where it is said: local.alarms in settings.tf turns it on.

locals {
  alarmed = local.alarms ? local.workloads : {}

  # What a rollout of a task watches: the faults of its servers.
  alarmed_tasks  = local.alarms ? local.tasks : {}
  rollout_alarms = { for name, task in local.alarmed_tasks : name => [for workload in task.workloads : "${local.name}-${workload}-faults"] }

  alarm_actions = aws_sns_topic.alarms[*].arn
}

resource "aws_sns_topic" "alarms" {
  count = local.alarms ? 1 : 0

  name              = "${local.name}-alarms"
  kms_master_key_id = data.aws_kms_alias.logs.target_key_arn
}

resource "aws_sns_topic_policy" "alarms" {
  count = local.alarms ? 1 : 0

  arn    = aws_sns_topic.alarms[0].arn
  policy = data.aws_iam_policy_document.alarms[0].json
}

data "aws_iam_policy_document" "alarms" {
  count = local.alarms ? 1 : 0

  statement {
    sid       = "CloudWatchPublishes"
    actions   = ["sns:Publish"]
    resources = [aws_sns_topic.alarms[0].arn]

    principals {
      type        = "Service"
      identifiers = ["cloudwatch.amazonaws.com"]
    }

    condition {
      test     = "StringEquals"
      variable = "aws:SourceAccount"
      values   = [local.account]
    }
  }
}

# A warning in each plan. Where load balancers may be deleted, nobody has to be woken.
check "alarms_are_heard" {
  assert {
    condition     = !local.alarms || !var.deletion_protection || length(var.alarm_emails) > 0
    error_message = "Nobody hears of alarms in ${var.environment}: name somebody in alarm_emails, or take this check out if others subscribe to the topic."
  }
}

resource "aws_sns_topic_subscription" "alarms" {
  for_each = local.alarms ? var.alarm_emails : []

  topic_arn = aws_sns_topic.alarms[0].arn
  protocol  = "email"
  endpoint  = each.value
}

# A gRPC failure is an HTTP 200 with another code in its trailers, which no metric of the load balancer sees. The server
# logs each of its own faults (UNKNOWN, INTERNAL, DATA_LOSS) at level error: these lines are counted.
resource "aws_cloudwatch_log_metric_filter" "faults" {
  for_each = local.alarmed

  name           = "faults"
  log_group_name = aws_cloudwatch_log_group.workload[each.key].name
  pattern        = "{ ($.level = \"error\") && ($.msg = \"call\") }"

  metric_transformation {
    namespace     = local.name
    name          = "${each.key}-faults"
    value         = "1"
    default_value = "0"
    unit          = "Count"
  }
}

resource "aws_cloudwatch_metric_alarm" "faults" {
  for_each = local.alarmed

  alarm_name          = "${local.name}-${each.key}-faults"
  alarm_description   = "${each.key} answers calls with UNKNOWN, INTERNAL or DATA_LOSS. docs/runbook.md: Debug."
  namespace           = local.name
  metric_name         = "${each.key}-faults"
  statistic           = "Sum"
  period              = 60
  evaluation_periods  = 3
  datapoints_to_alarm = 2
  comparison_operator = "GreaterThanThreshold"
  threshold           = 5
  treat_missing_data  = "notBreaching"
  alarm_actions       = local.alarm_actions
  ok_actions          = local.alarm_actions
}

resource "aws_cloudwatch_metric_alarm" "running_tasks" {
  for_each = local.alarmed_tasks

  alarm_name          = "${local.name}-${each.key}-running-tasks"
  alarm_description   = "Fewer tasks of ${each.key} run than should at least. docs/runbook.md: A stuck rollout."
  namespace           = "ECS/ContainerInsights"
  metric_name         = "RunningTaskCount"
  dimensions          = { ClusterName = aws_ecs_cluster.this.name, ServiceName = each.key }
  statistic           = "Minimum"
  period              = 60
  evaluation_periods  = 5
  comparison_operator = "LessThanThreshold"
  threshold           = local.scale[each.key].min
  treat_missing_data  = "breaching"
  alarm_actions       = local.alarm_actions
  ok_actions          = local.alarm_actions
}
