# What a task is: the server, checked by the probe in its own image, and its sidecars.

locals {
  # What ECS starts: for each workload a task, with its server. Where calls enter it, and whose group its sidecars log to.
  tasks = {
    for name, workload in local.workloads : name => {
      workloads  = [name]
      companions = []
      entry      = { container = "server", port = local.grpc_port }
      logs       = name
      cpu        = workload.cpu
      memory     = workload.memory
    }
  }

  # Everything a server is told; src/server/config.ts reads it, .env.example explains it.
  server_environment = {
    for name in keys(local.workloads) : name => merge({
      PORT                 = local.grpc_port
      LOG_LEVEL            = var.log_level
      REFLECTION           = name == local.reflection ? "on" : "off"
      PRE_STOP             = local.timings.pre_stop
      DRAIN                = local.timings.drain
      CONNECTION_IDLE      = local.timings.connection_idle
      CONNECTION_AGE       = local.timings.connection_age
      CONNECTION_AGE_GRACE = local.timings.connection_age_grace
    }, local.telemetry_environment[name])
  }

  servers = {
    for name, workload in local.workloads : name => {
      name      = "server"
      image     = "${data.aws_ecr_repository.workload[name].repository_url}:${var.image_tag}"
      essential = true
      portMappings = [
        { name = "grpc", containerPort = local.grpc_port, hostPort = local.grpc_port, protocol = "tcp", appProtocol = "grpc" },
      ]
      environment = [for key, value in local.server_environment[name] : { name = key, value = tostring(value) }]
      secrets     = local.server_secrets[name]
      # The image's own user, by number: nothing in the image is written, nothing needs a capability.
      user                   = "65532:65532"
      readonlyRootFilesystem = true
      linuxParameters        = { capabilities = { add = [], drop = ["ALL"] } }
      # Exec form: the image has no shell. ECS ignores the HEALTHCHECK of a Dockerfile.
      healthCheck = {
        command     = ["CMD", "/nodejs/bin/node", "/app/probe.cjs"]
        interval    = local.timings.health_interval
        timeout     = local.timings.health_timeout
        retries     = local.timings.unhealthy
        startPeriod = local.timings.health_start
      }
      stopTimeout = local.timings.stop
      # Sidecars start first and, ECS reversing the order, stop last.
      dependsOn        = [for sidecar in local.sidecars[name] : { containerName = sidecar.name, condition = "START" }]
      logConfiguration = local.image_logs[name]
    }
  }
}

resource "aws_ecs_task_definition" "workload" {
  #checkov:skip=CKV_AWS_336:the log router alone has a writable file system; sidecars.tf says why
  for_each = local.tasks

  family                   = "${local.name}-${each.key}"
  requires_compatibilities = ["FARGATE"]
  network_mode             = "awsvpc"
  cpu                      = each.value.cpu
  memory                   = each.value.memory
  execution_role_arn       = aws_iam_role.execution[each.key].arn
  task_role_arn            = aws_iam_role.task[each.key].arn

  runtime_platform {
    operating_system_family = "LINUX"
    cpu_architecture        = local.architecture
  }

  container_definitions = jsonencode(concat([local.servers[each.key]], local.sidecars[each.key]))

  # Older revisions stay registered: a rollout that fails goes back to one of them.
  skip_destroy = true

  tags = { Workload = each.key }

  lifecycle {
    precondition {
      condition     = length(local.broken_timing_laws) == 0
      error_message = "timings.tf breaks: ${join("; ", local.broken_timing_laws)}"
    }
  }
}
