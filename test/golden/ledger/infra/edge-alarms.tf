# What the load balancer sees of calls, and somebody should hear of.

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
  for_each = local.alarmed_tasks

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
  for_each = local.alarmed_tasks

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
  for_each = local.alarmed_tasks

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
