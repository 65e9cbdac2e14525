# Where workloads differ in how many tasks they have, and those that grow with their calls.

variable "scale_of" {
  description = "By workload; requests_per_target adds scaling by calls in a minute, useless where streams are long."
  type        = map(object({ min = number, max = number, requests_per_target = optional(number) }))
  default     = {}

  validation {
    condition     = alltrue([for name in keys(var.scale_of) : contains(keys(local.workloads), name)])
    error_message = "Only workloads of settings.tf."
  }
}

locals {
  scale = {
    for name in keys(local.tasks) :
    name => lookup(var.scale_of, name, { min = var.scale.min, max = var.scale.max, requests_per_target = null })
  }
}

# The load balancer counts a stream once, however long it is.
resource "aws_appautoscaling_policy" "requests" {
  for_each = { for name, scale in local.scale : name => scale if scale.requests_per_target != null }

  name               = "requests"
  policy_type        = "TargetTrackingScaling"
  service_namespace  = aws_appautoscaling_target.workload[each.key].service_namespace
  scalable_dimension = aws_appautoscaling_target.workload[each.key].scalable_dimension
  resource_id        = aws_appautoscaling_target.workload[each.key].resource_id

  target_tracking_scaling_policy_configuration {
    target_value       = each.value.requests_per_target
    scale_out_cooldown = 60
    scale_in_cooldown  = 300

    predefined_metric_specification {
      predefined_metric_type = "ALBRequestCountPerTarget"
      resource_label         = "${aws_lb.this.arn_suffix}/${aws_lb_target_group.workload[each.key].arn_suffix}"
    }
  }
}
