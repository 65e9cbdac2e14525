# What runs beside the servers of a task: the log router if logs go through FireLens, the collector if there is telemetry.

locals {
  sidecar_images = merge(
    local.logs == "firelens" ? { log_router = "public.ecr.aws/aws-observability/aws-for-fluent-bit:3.4.15" } : {},
    local.telemetry ? { collector = "public.ecr.aws/aws-observability/aws-otel-collector:v0.49.0" } : {},
  )

  # By awslogs: what this repo's containers say if there is no router, and the sidecars, who cannot log through themselves.
  awslogs = {
    for name in local.images : name => {
      for prefix in ["grpc", "logger", "collector"] : prefix => {
        logDriver = "awslogs"
        options = {
          awslogs-group         = aws_cloudwatch_log_group.workload[name].name
          awslogs-region        = local.region
          awslogs-stream-prefix = prefix
          # A CloudWatch that is slow must not stop a server: beyond this buffer lines are lost.
          mode            = "non-blocking"
          max-buffer-size = "25m"
        }
      }
    }
  }

  # All go one way, so that nothing has to be looked for in two shapes.
  image_logs = {
    for name in local.images : name => local.logs == "firelens" ? {
      logDriver = "awsfirelens"
      options = {
        Name              = "cloudwatch_logs"
        region            = local.region
        log_group_name    = aws_cloudwatch_log_group.workload[name].name
        log_stream_prefix = "grpc-"
        auto_create_group = "false"
      }
    } : local.awslogs[name].grpc
  }

  log_routers = {
    for name, task in local.tasks : name => [
      for image in compact([lookup(local.sidecar_images, "log_router", "")]) : {
        name  = "log-router"
        image = image
        # Without it no log leaves the task, so the task is replaced.
        essential         = true
        memoryReservation = 64
        # FireLens makes its socket as root, and the image was seen not to start on a read-only file system.
        user                   = "0"
        readonlyRootFilesystem = false
        # Its last lines have to leave after the server's: ECS stops it after the containers that depend on it.
        stopTimeout = local.timings.stop
        firelensConfiguration = {
          type = "fluentbit"
          options = {
            enable-ecs-log-metadata = "true"
            config-file-type        = "file"
            config-file-value       = "/fluent-bit/configs/parse-json.conf"
          }
        }
        # That file's parser warns of every ISO time it meets, which is one in each line.
        environment      = [{ name = "FLB_LOG_LEVEL", value = "error" }]
        logConfiguration = local.awslogs[task.logs].logger
      }
    ]
  }

  collectors = {
    for name, task in local.tasks : name => [
      for image in compact([lookup(local.sidecar_images, "collector", "")]) : {
        name  = "collector"
        image = image
        # A server without traces is better than none.
        essential              = false
        restartPolicy          = { enabled = true, restartAttemptPeriod = 60 }
        memoryReservation      = 128
        readonlyRootFilesystem = true
        stopTimeout            = local.timings.stop
        environment = [
          { name = "AOT_CONFIG_CONTENT", value = file("${path.module}/collector.yaml") },
          { name = "METRICS_LOG_GROUP", value = "/${local.project}/${var.environment}/metrics/emf" },
          { name = "METRICS_NAMESPACE", value = local.name },
          { name = "WORKLOAD", value = name },
        ]
        healthCheck = {
          command     = ["CMD", "/healthcheck"]
          interval    = local.timings.health_interval
          timeout     = local.timings.health_timeout
          retries     = local.timings.unhealthy
          startPeriod = local.timings.health_start
        }
        logConfiguration = local.awslogs[task.logs].collector
      }
    ]
  }

  sidecars = { for name in keys(local.tasks) : name => concat(local.log_routers[name], local.collectors[name]) }

  # For the SDK, which loads only if it is told where to send.
  telemetry_environment = {
    for name in keys(local.workloads) : name => local.telemetry ? {
      OTEL_EXPORTER_OTLP_ENDPOINT = "http://127.0.0.1:4318"
      OTEL_EXPORTER_OTLP_PROTOCOL = "http/protobuf"
      OTEL_SERVICE_NAME           = name
      OTEL_RESOURCE_ATTRIBUTES    = "service.namespace=${local.project},deployment.environment.name=${var.environment},service.version=${var.image_tag}"
    } : {}
  }
}

# Metrics travel as log lines in CloudWatch's embedded format.
resource "aws_cloudwatch_log_group" "metrics" {
  count = local.telemetry ? 1 : 0

  name              = "/${local.project}/${var.environment}/metrics/emf"
  retention_in_days = var.log_retention_days
  kms_key_id        = data.aws_kms_alias.logs.target_key_arn
}
