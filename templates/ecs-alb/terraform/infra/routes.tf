# Which service leads to which workload: a path for each, and nothing else. Services come from proto/ by way of settings.tf.

locals {
  # A client asks the first before the second, which is older.
  reflection_services = ["grpc.reflection.v1.ServerReflection", "grpc.reflection.v1alpha.ServerReflection"]

  services = {
    for name, workload in local.workloads :
    name => concat(workload.services, name == local.reflection ? local.reflection_services : [])
  }

  # AWS takes five paths in a rule. Rules go by what they hold: a service more makes new rules, it does not change old ones.
  rules = merge([
    for workload, services in local.services : {
      for packed in chunklist(services, 5) : join(" ", packed) => { workload = workload, services = packed }
    }
  ]...)
}

resource "aws_lb_listener_rule" "services" {
  for_each = local.rules

  # No priority: no two paths match one call, so AWS may number the rules as it likes.
  listener_arn = aws_lb_listener.grpc.arn

  condition {
    path_pattern {
      values = [for service in each.value.services : "/${service}/*"]
    }
  }

  action {
    type             = "forward"
    target_group_arn = aws_lb_target_group.workload[each.value.workload].arn
  }

  tags = { Workload = each.value.workload }

  lifecycle {
    precondition {
      condition     = alltrue([for service in each.value.services : length("/${service}/*") <= 128])
      error_message = "A path in a rule may have 128 characters; the longest of these has more: ${each.key}"
    }
  }
}

# Stands between new rules and old ones: it is replaced after the former came and before the latter go, so that no
# service is without a route in between.
resource "terraform_data" "routes" {
  triggers_replace = sort(keys(local.rules))

  depends_on = [aws_lb_listener_rule.services]

  lifecycle {
    create_before_destroy = true

    precondition {
      condition     = length(local.rules) <= 100
      error_message = "A load balancer has 100 rules, five services each; these need ${length(local.rules)}. Ask AWS for a higher quota, or split the repo."
    }
    precondition {
      condition     = length(local.workloads) <= 100
      error_message = "A load balancer has 100 target groups, one for each workload. Split the repo."
    }
    precondition {
      condition     = length(distinct(flatten(values(local.services)))) == length(flatten(values(local.services)))
      error_message = "A service leads to one workload; in settings.tf one stands twice."
    }
  }
}
