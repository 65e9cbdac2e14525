# Two roles for each kind of task: what ECS may do to start one, and what the task itself may do. Neither has a managed policy.

locals {
  # Made by bootstrap/: whatever a role of this repo is given, it gets no more than that.
  permissions_boundary = "arn:${local.partition}:iam::${local.account}:policy/${local.short}-boundary"

  # The groups of logs.tf and sidecars.tf, spelled out: so a plan shows each policy as it will be.
  log_groups = "arn:${local.partition}:logs:${local.region}:${local.account}:log-group:/${local.project}/${var.environment}"

  # Secrets are named relative to this: <project>/<environment>/<name>.
  secret_prefix = "${local.project}/${var.environment}"

  secrets = merge([
    for workload, settings in local.workloads : {
      for variable, secret in settings.secrets : "${workload} ${variable}" => merge(secret, { workload = workload, variable = variable })
    }
  ]...)

  secret_arns = {
    for key, secret in local.secrets : key => (
      secret.from == "secretsmanager"
      ? data.aws_secretsmanager_secret.this[key].arn
      : "arn:${local.partition}:ssm:${local.region}:${local.account}:parameter/${local.secret_prefix}/${secret.name}"
    )
  }

  # What ECS puts into the environment of each server.
  server_secrets = {
    for workload in keys(local.workloads) : workload => [
      for key, secret in local.secrets : { name = secret.variable, valueFrom = local.secret_arns[key] } if secret.workload == workload
    ]
  }

  # Where those of a task's servers are.
  secrets_of_task = {
    for name, task in local.tasks : name => {
      for from in ["secretsmanager", "ssm"] : from => [
        for key, secret in local.secrets : local.secret_arns[key] if contains(task.workloads, secret.workload) && secret.from == from
      ]
    }
  }

  # What a task's containers write to.
  log_streams = {
    for name, task in local.tasks : name => [for image in concat(task.workloads, task.companions) : "${local.log_groups}/${image}:*"]
  }
}

# Only where it is, never what it holds: values stay out of plans and state.
data "aws_secretsmanager_secret" "this" {
  for_each = { for key, secret in local.secrets : key => secret if secret.from == "secretsmanager" }

  name = "${local.secret_prefix}/${each.value.name}"
}

data "aws_ecr_repository" "workload" {
  for_each = local.images

  name = "${local.project}/${each.key}"
}

data "aws_iam_policy_document" "assume_execution" {
  statement {
    actions = ["sts:AssumeRole"]

    principals {
      type        = "Service"
      identifiers = ["ecs-tasks.amazonaws.com"]
    }
  }
}

resource "aws_iam_role" "execution" {
  for_each = local.tasks

  name                 = "${local.short}-${substr(sha1(each.key), 0, 6)}-execution"
  description          = "Starts tasks of ${each.key} in ${local.name}"
  assume_role_policy   = data.aws_iam_policy_document.assume_execution.json
  permissions_boundary = local.permissions_boundary

  tags = { Workload = each.key }
}

resource "aws_iam_role_policy" "execution" {
  for_each = local.tasks

  name   = "start"
  role   = aws_iam_role.execution[each.key].id
  policy = data.aws_iam_policy_document.execution[each.key].json
}

data "aws_iam_policy_document" "execution" {
  #checkov:skip=CKV_AWS_356:ecr:GetAuthorizationToken knows no resources
  for_each = local.tasks

  statement {
    sid       = "Registry"
    actions   = ["ecr:GetAuthorizationToken"]
    resources = ["*"]
  }

  statement {
    sid       = "Image"
    actions   = ["ecr:BatchCheckLayerAvailability", "ecr:BatchGetImage", "ecr:GetDownloadUrlForLayer"]
    resources = [for image in concat(each.value.workloads, each.value.companions) : data.aws_ecr_repository.workload[image].arn]
  }

  statement {
    sid       = "Logs"
    actions   = ["logs:CreateLogStream", "logs:PutLogEvents"]
    resources = local.log_streams[each.key]
  }

  dynamic "statement" {
    for_each = length(local.secrets_of_task[each.key].secretsmanager) > 0 ? ["SecretsManager"] : []

    content {
      sid       = statement.value
      actions   = ["secretsmanager:GetSecretValue"]
      resources = local.secrets_of_task[each.key].secretsmanager
    }
  }

  dynamic "statement" {
    for_each = length(local.secrets_of_task[each.key].ssm) > 0 ? ["ParameterStore"] : []

    content {
      sid       = statement.value
      actions   = ["ssm:GetParameters"]
      resources = local.secrets_of_task[each.key].ssm
    }
  }

  dynamic "statement" {
    for_each = length(flatten(values(local.secrets_of_task[each.key]))) > 0 && length(var.secret_key_arns) > 0 ? ["SecretKeys"] : []

    content {
      sid       = statement.value
      actions   = ["kms:Decrypt"]
      resources = var.secret_key_arns
    }
  }
}

data "aws_iam_policy_document" "assume_task" {
  statement {
    actions = ["sts:AssumeRole"]

    principals {
      type        = "Service"
      identifiers = ["ecs-tasks.amazonaws.com"]
    }

    # Only for tasks of this account and region.
    condition {
      test     = "StringEquals"
      variable = "aws:SourceAccount"
      values   = [local.account]
    }

    condition {
      test     = "ArnLike"
      variable = "aws:SourceArn"
      values   = ["arn:${local.partition}:ecs:${local.region}:${local.account}:*"]
    }
  }
}

resource "aws_iam_role" "task" {
  for_each = local.tasks

  name                 = "${local.short}-${substr(sha1(each.key), 0, 6)}-task"
  description          = "What ${each.key} may do in ${local.name}"
  assume_role_policy   = data.aws_iam_policy_document.assume_task.json
  permissions_boundary = local.permissions_boundary

  tags = { Workload = each.key }
}

# A server of this repo calls no AWS service by itself. What yours calls, add in a policy of your own; if the boundary
# forbids it, extend that in bootstrap/.
resource "aws_iam_role_policy" "task" {
  for_each = local.logs == "firelens" || local.telemetry ? local.tasks : {}

  name   = "sidecars"
  role   = aws_iam_role.task[each.key].id
  policy = data.aws_iam_policy_document.task[each.key].json
}

data "aws_iam_policy_document" "task" {
  #checkov:skip=CKV_AWS_111:X-Ray's actions know no resources
  #checkov:skip=CKV_AWS_356:X-Ray's actions know no resources
  for_each = local.logs == "firelens" || local.telemetry ? local.tasks : {}

  dynamic "statement" {
    for_each = local.logs == "firelens" ? ["Logs"] : []

    content {
      sid       = statement.value
      actions   = ["logs:CreateLogStream", "logs:DescribeLogStreams", "logs:PutLogEvents"]
      resources = local.log_streams[each.key]
    }
  }

  dynamic "statement" {
    for_each = local.telemetry ? ["Metrics"] : []

    content {
      sid       = statement.value
      actions   = ["logs:CreateLogStream", "logs:DescribeLogStreams", "logs:PutLogEvents"]
      resources = ["${local.log_groups}/metrics/emf:*"]
    }
  }

  dynamic "statement" {
    for_each = local.telemetry ? ["Traces"] : []

    content {
      sid       = statement.value
      actions   = ["xray:PutTelemetryRecords", "xray:PutTraceSegments"]
      resources = ["*"]
    }
  }
}
