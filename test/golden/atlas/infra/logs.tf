# A group of logs for each image of this repo.

locals {
  # What bootstrap/ made a repository for: the servers of workloads, and what stands beside them.
  images = toset(flatten([for task in local.tasks : concat(task.workloads, task.companions)]))
}

# What encrypts them. bootstrap/ made it, for who may make keys, and tag them, could take over any other.
data "aws_kms_alias" "logs" {
  name = "alias/${local.name}-logs"
}

resource "aws_cloudwatch_log_group" "workload" {
  for_each = local.images

  name              = "/${local.project}/${var.environment}/${each.key}"
  retention_in_days = var.log_retention_days
  kms_key_id        = data.aws_kms_alias.logs.target_key_arn

  tags = { Workload = each.key }
}
