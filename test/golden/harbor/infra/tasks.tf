# What a task is: a server for each workload, nginx in front of them, and their sidecars.

locals {
  # What ECS starts: one task, for what one host serves has to be behind one nginx.
  tasks = {
    (local.project) = {
      workloads  = keys(local.workloads)
      companions = ["edge_nginx"]
      entry      = { container = "edge_nginx", port = local.task.nginx.port }
      logs       = "edge_nginx"
      cpu        = local.task.cpu
      memory     = local.task.memory
    }
  }

  scale = { for name in keys(local.tasks) : name => var.scale }

  # Everything a server is told; src/server/config.ts reads it, .env.example explains it.
  server_environment = {
    for server in local.task.servers : server.name => merge({
      PORT                 = server.port
      METRICS_PORT         = server.metrics_port
      LOG_LEVEL            = var.log_level
      REFLECTION           = server.name == local.reflection ? "on" : "off"
      PRE_STOP             = local.timings.pre_stop
      DRAIN                = local.timings.drain
      CONNECTION_IDLE      = local.timings.connection_idle
      CONNECTION_AGE       = local.timings.connection_age
      CONNECTION_AGE_GRACE = local.timings.connection_age_grace
    }, local.telemetry_environment[server.name])
  }

  sidecars_started = [for sidecar in local.sidecars[local.project] : { containerName = sidecar.name, condition = "START" }]

  servers = [
    for server in local.task.servers : {
      name      = server.name
      image     = "${data.aws_ecr_repository.workload[server.name].repository_url}:${var.image_tag}"
      essential = true
      # Its part of what the task has.
      cpu               = local.workloads[server.name].cpu
      memoryReservation = local.workloads[server.name].memory
      environment       = [for key, value in local.server_environment[server.name] : { name = key, value = tostring(value) }]
      secrets           = local.server_secrets[server.name]
      # The image's own user, by number: nothing in the image is written, nothing needs a capability.
      user                   = "65532:65532"
      readonlyRootFilesystem = true
      linuxParameters        = { capabilities = { add = [], drop = ["ALL"] } }
      # Exec form: the image has no shell. ECS ignores the HEALTHCHECK of a Dockerfile. The probe asks at PORT.
      healthCheck = {
        command     = ["CMD", "/nodejs/bin/node", "/app/probe.cjs"]
        interval    = local.timings.health_interval
        timeout     = local.timings.health_timeout
        retries     = local.timings.unhealthy
        startPeriod = local.timings.health_start
      }
      stopTimeout = local.timings.stop
      # Sidecars start first and, ECS reversing the order, stop last.
      dependsOn        = local.sidecars_started
      logConfiguration = local.image_logs[server.name]
    }
  ]

  nginx = {
    name      = "edge_nginx"
    image     = "${data.aws_ecr_repository.workload["edge_nginx"].repository_url}:${var.image_tag}"
    essential = true
    portMappings = [
      { name = "grpc", containerPort = local.task.nginx.port, hostPort = local.task.nginx.port, protocol = "tcp", appProtocol = "grpc" },
    ]
    cpu               = local.task.nginx.cpu
    memoryReservation = local.task.nginx.memory
    environment       = [{ name = "PRE_STOP", value = tostring(local.timings.hop_pre_stop) }]
    # nginx of the image, by number. All that it writes is below /tmp.
    user                   = "101:101"
    readonlyRootFilesystem = true
    linuxParameters        = { capabilities = { add = [], drop = ["ALL"] } }
    mountPoints            = [{ sourceVolume = "edge-tmp", containerPath = "/tmp", readOnly = false }]
    # Through nginx to a server, for a load balancer of connections cannot ask: it fails when either does not answer. Exec
    # form, and a second less than ECS waits, so that it is the probe that says why.
    healthCheck = {
      command = [
        "CMD", "/bin/grpc-health-probe", "-addr=127.0.0.1:${local.task.nginx.port}", "-connect-timeout=500ms",
        "-rpc-timeout=${local.timings.health_timeout - 1}s",
      ]
      interval    = local.timings.health_interval
      timeout     = local.timings.health_timeout
      retries     = local.timings.unhealthy
      startPeriod = local.timings.health_start
    }
    stopTimeout = local.timings.hop_stop
    # It starts when there is something to ask and, ECS reversing the order, stops before what it asks.
    dependsOn        = concat([for server in local.servers : { containerName = server.name, condition = "HEALTHY" }], local.sidecars_started)
    logConfiguration = local.image_logs["edge_nginx"]
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

  # The image's VOLUME gives it to nginx's user.
  volume {
    name = "edge-tmp"
  }

  container_definitions = jsonencode(concat(local.servers, [local.nginx], local.sidecars[each.key]))

  # Older revisions stay registered: a rollout that fails goes back to one of them.
  skip_destroy = true

  tags = { Workload = each.key }

  lifecycle {
    precondition {
      condition     = length(local.broken_timing_laws) == 0
      error_message = "timings.tf breaks: ${join("; ", local.broken_timing_laws)}"
    }
    precondition {
      condition     = length(local.servers) + 1 + length(local.sidecars[each.key]) <= 10
      error_message = "A task has ten containers: nginx, a server for each workload, and sidecars. Split the repo."
    }
    precondition {
      condition     = length(distinct([for container in concat(local.servers, local.sidecars[each.key]) : container.name])) == length(local.servers) + length(local.sidecars[each.key])
      error_message = "No workload can be called as a sidecar is: log-router, collector."
    }
    precondition {
      condition     = sum([for container in concat(local.servers, [local.nginx], local.sidecars[each.key]) : try(container.memoryReservation, 0)]) <= local.task.memory
      error_message = "The containers reserve more memory than the task has: see task-settings.tf."
    }
  }
}
