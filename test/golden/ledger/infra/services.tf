# The cluster and, for each kind of task, the service that keeps so many of it running.

resource "aws_ecs_cluster" "this" {
  name = local.name

  # RunningTaskCount, which alarms.tf looks at, comes from it.
  setting {
    name  = "containerInsights"
    value = "enabled"
  }
}

resource "aws_ecs_cluster_capacity_providers" "this" {
  cluster_name       = aws_ecs_cluster.this.name
  capacity_providers = ["FARGATE"]

  default_capacity_provider_strategy {
    capacity_provider = "FARGATE"
    base              = 1
    weight            = 100
  }
}

resource "aws_ecs_service" "workload" {
  for_each = local.tasks

  name             = each.key
  cluster          = aws_ecs_cluster.this.id
  task_definition  = aws_ecs_task_definition.workload[each.key].arn
  platform_version = "LATEST"
  desired_count    = local.scale[each.key].min

  capacity_provider_strategy {
    capacity_provider = "FARGATE"
    base              = 1
    weight            = 100
  }

  network_configuration {
    subnets          = local.private_subnets
    security_groups  = [aws_security_group.tasks[each.key].id]
    assign_public_ip = false
  }

  load_balancer {
    target_group_arn = aws_lb_target_group.workload[each.key].arn
    container_name   = each.value.entry.container
    container_port   = each.value.entry.port
  }

  # New tasks take calls before old ones stop; if they do not get there, ECS goes back by itself.
  deployment_minimum_healthy_percent = 100
  deployment_maximum_percent         = 200
  health_check_grace_period_seconds  = local.timings.health_grace
  availability_zone_rebalancing      = "ENABLED"

  deployment_circuit_breaker {
    enable   = true
    rollback = true
  }

  # Tasks can be healthy and wrong: alarms stop a rollout too.
  dynamic "alarms" {
    for_each = local.alarms ? [each.key] : []

    content {
      enable      = true
      rollback    = true
      alarm_names = local.rollout_alarms[alarms.value]
    }
  }

  enable_ecs_managed_tags = true
  propagate_tags          = "SERVICE"
  # No shell in the image: there is nothing to execute.
  enable_execute_command = false

  # An apply is over when the rollout is.
  wait_for_steady_state = true

  timeouts {
    create = "15m"
    update = "20m"
  }

  tags = { Workload = each.key }

  # ECS takes a target group only once something leads to it; ends before its permissions do.
  depends_on = [
    aws_lb_listener_rule.services,
    aws_iam_role_policy.execution,
    aws_iam_role_policy.task,
    aws_ecs_cluster_capacity_providers.this,
  ]

  lifecycle {
    # Autoscaling's business.
    ignore_changes = [desired_count]

    # A rollout that was rolled back is steady too, on the old revision: say so instead of succeeding.
    postcondition {
      condition     = self.task_definition == aws_ecs_task_definition.workload[each.key].arn
      error_message = "ECS rolled ${each.key} back to ${self.task_definition}. See «A stuck rollout» in docs/runbook.md."
    }
  }
}
