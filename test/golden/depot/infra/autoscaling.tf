# More tasks under load, fewer afterwards.

resource "aws_appautoscaling_target" "workload" {
  for_each = local.tasks

  service_namespace  = "ecs"
  scalable_dimension = "ecs:service:DesiredCount"
  resource_id        = "service/${aws_ecs_cluster.this.name}/${aws_ecs_service.workload[each.key].name}"
  min_capacity       = local.scale[each.key].min
  max_capacity       = local.scale[each.key].max
}

# Processor time sees every message, however long its stream is.
resource "aws_appautoscaling_policy" "cpu" {
  for_each = local.tasks

  name               = "cpu"
  policy_type        = "TargetTrackingScaling"
  service_namespace  = aws_appautoscaling_target.workload[each.key].service_namespace
  scalable_dimension = aws_appautoscaling_target.workload[each.key].scalable_dimension
  resource_id        = aws_appautoscaling_target.workload[each.key].resource_id

  target_tracking_scaling_policy_configuration {
    target_value = 60
    # A new replica gets what comes after it, calls or connections, and open streams stay where they are: wait until
    # that shows before adding more, and longer before taking away.
    scale_out_cooldown = 60
    scale_in_cooldown  = 300

    predefined_metric_specification {
      predefined_metric_type = "ECSServiceAverageCPUUtilization"
    }
  }
}
