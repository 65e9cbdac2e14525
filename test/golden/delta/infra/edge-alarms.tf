# What the load balancer and nginx see, and somebody should hear of.

resource "aws_cloudwatch_metric_alarm" "unhealthy_targets" {
  for_each = local.alarmed_tasks

  alarm_name          = "${local.name}-${each.key}-unhealthy-targets"
  alarm_description   = "nginx takes no connections in some tasks of ${each.key}. docs/runbook.md: Unhealthy targets."
  namespace           = "AWS/NetworkELB"
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

# Connections that a task cut or refused without a word: nginx says goodbye first, unless it was killed, and is stopped
# after the load balancer has forgotten it, unless ECS cannot wait.
resource "aws_cloudwatch_metric_alarm" "target_resets" {
  count = local.alarms ? 1 : 0

  alarm_name          = "${local.name}-target-resets"
  alarm_description   = "Tasks cut or refuse connections of clients. docs/runbook.md: UNAVAILABLE."
  namespace           = "AWS/NetworkELB"
  metric_name         = "TCP_Target_Reset_Count"
  dimensions          = { LoadBalancer = aws_lb.this.arn_suffix }
  statistic           = "Sum"
  period              = 60
  evaluation_periods  = 3
  datapoints_to_alarm = 2
  comparison_operator = "GreaterThanThreshold"
  threshold           = 10
  treat_missing_data  = "notBreaching"
  alarm_actions       = local.alarm_actions
  ok_actions          = local.alarm_actions
}

# UNAVAILABLE is what nginx answers where a server does not: no server would log it. One that says it by itself counts too.
resource "aws_cloudwatch_log_metric_filter" "unavailable" {
  for_each = local.alarmed_tasks

  name           = "unavailable"
  log_group_name = aws_cloudwatch_log_group.workload["edge_nginx"].name
  pattern        = "{ $.grpcStatus = \"14\" }"

  metric_transformation {
    namespace     = local.name
    name          = "unavailable"
    value         = "1"
    default_value = "0"
    unit          = "Count"
  }
}

resource "aws_cloudwatch_metric_alarm" "unavailable" {
  for_each = local.alarmed_tasks

  alarm_name          = "${local.name}-unavailable"
  alarm_description   = "nginx answers calls with UNAVAILABLE. docs/runbook.md: UNAVAILABLE."
  namespace           = local.name
  metric_name         = "unavailable"
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
