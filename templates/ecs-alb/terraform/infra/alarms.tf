# What somebody should hear of, and where it is said: local.alarms in settings.tf turns all of it on.

locals {
  alarmed = local.alarms ? local.workloads : {}

  # The alarm that a rollout of the workload watches.
  rollout_alarms = { for name in keys(local.alarmed) : name => "${local.name}-${name}-faults" }

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

  alarm_name          = local.rollout_alarms[each.key]
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

# 502, 503 and 504 that the load balancer answers itself: clients see UNAVAILABLE.
resource "aws_cloudwatch_metric_alarm" "edge_errors" {
  count = local.alarms ? 1 : 0

  alarm_name          = "${local.name}-edge-5xx"
  alarm_description   = "The load balancer answers 5xx by itself. docs/runbook.md: UNAVAILABLE."
  namespace           = "AWS/ApplicationELB"
  metric_name         = "HTTPCode_ELB_5XX_Count"
  dimensions          = { LoadBalancer = aws_lb.this.arn_suffix }
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

resource "aws_cloudwatch_metric_alarm" "target_errors" {
  for_each = local.alarmed

  alarm_name          = "${local.name}-${each.key}-target-5xx"
  alarm_description   = "${each.key} answers with an HTTP error instead of a gRPC code. docs/runbook.md: Debug."
  namespace           = "AWS/ApplicationELB"
  metric_name         = "HTTPCode_Target_5XX_Count"
  dimensions          = { LoadBalancer = aws_lb.this.arn_suffix, TargetGroup = aws_lb_target_group.workload[each.key].arn_suffix }
  statistic           = "Sum"
  period              = 60
  evaluation_periods  = 3
  datapoints_to_alarm = 2
  comparison_operator = "GreaterThanThreshold"
  threshold           = 0
  treat_missing_data  = "notBreaching"
  alarm_actions       = local.alarm_actions
  ok_actions          = local.alarm_actions
}

resource "aws_cloudwatch_metric_alarm" "unhealthy_targets" {
  for_each = local.alarmed

  alarm_name          = "${local.name}-${each.key}-unhealthy-targets"
  alarm_description   = "Replicas of ${each.key} fail the load balancer's health check. docs/runbook.md: Unhealthy targets."
  namespace           = "AWS/ApplicationELB"
  metric_name         = "UnHealthyHostCount"
  dimensions          = { LoadBalancer = aws_lb.this.arn_suffix, TargetGroup = aws_lb_target_group.workload[each.key].arn_suffix }
  statistic           = "Maximum"
  period              = 60
  evaluation_periods  = 3
  comparison_operator = "GreaterThanThreshold"
  threshold           = 0
  treat_missing_data  = "notBreaching"
  alarm_actions       = local.alarm_actions
  ok_actions          = local.alarm_actions
}

# Until the answer's headers: of a stream its beginning, so that long streams are no latency.
resource "aws_cloudwatch_metric_alarm" "latency" {
  for_each = local.alarmed

  alarm_name          = "${local.name}-${each.key}-latency-p99"
  alarm_description   = "One call in a hundred to ${each.key} waits longer than a second for its answer to begin."
  namespace           = "AWS/ApplicationELB"
  metric_name         = "TargetResponseTime"
  dimensions          = { LoadBalancer = aws_lb.this.arn_suffix, TargetGroup = aws_lb_target_group.workload[each.key].arn_suffix }
  extended_statistic  = "p99"
  period              = 60
  evaluation_periods  = 5
  datapoints_to_alarm = 3
  comparison_operator = "GreaterThanThreshold"
  threshold           = 1
  treat_missing_data  = "notBreaching"
  # With few calls one slow one is the hundredth.
  evaluate_low_sample_count_percentiles = "ignore"
  alarm_actions                         = local.alarm_actions
  ok_actions                            = local.alarm_actions
}

resource "aws_cloudwatch_metric_alarm" "running_tasks" {
  for_each = local.alarmed

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
