# A group of logs for each workload, and the key that encrypts them.

resource "aws_kms_key" "logs" {
  description             = "Logs of ${local.name}"
  enable_key_rotation     = true
  deletion_window_in_days = 7
  policy                  = data.aws_iam_policy_document.logs_key.json
}

resource "aws_kms_alias" "logs" {
  name          = "alias/${local.name}-logs"
  target_key_id = aws_kms_key.logs.id
}

data "aws_iam_policy_document" "logs_key" {
  #checkov:skip=CKV_AWS_109:a key's policy speaks of that key alone, whatever its resources say
  #checkov:skip=CKV_AWS_111:a key's policy speaks of that key alone, whatever its resources say
  #checkov:skip=CKV_AWS_356:a key's policy speaks of that key alone, whatever its resources say

  # Hands the key over to IAM; without this statement nobody could ever change or delete it.
  statement {
    sid       = "Account"
    actions   = ["kms:*"]
    resources = ["*"]

    principals {
      type        = "AWS"
      identifiers = ["arn:${local.partition}:iam::${local.account}:root"]
    }
  }

  statement {
    sid       = "Logs"
    actions   = ["kms:Encrypt*", "kms:Decrypt*", "kms:ReEncrypt*", "kms:GenerateDataKey*", "kms:Describe*"]
    resources = ["*"]

    principals {
      type        = "Service"
      identifiers = ["logs.${local.region}.amazonaws.com"]
    }

    condition {
      test     = "ArnLike"
      variable = "kms:EncryptionContext:aws:logs:arn"
      values   = ["arn:${local.partition}:logs:${local.region}:${local.account}:log-group:/${local.project}/${var.environment}/*"]
    }
  }

  # The alarms' topic is encrypted with it too, and CloudWatch publishes there.
  dynamic "statement" {
    for_each = local.alarms ? ["cloudwatch.amazonaws.com"] : []

    content {
      sid       = "Alarms"
      actions   = ["kms:Decrypt", "kms:GenerateDataKey*"]
      resources = ["*"]

      principals {
        type        = "Service"
        identifiers = [statement.value]
      }

      condition {
        test     = "StringEquals"
        variable = "aws:SourceAccount"
        values   = [local.account]
      }
    }
  }
}

resource "aws_cloudwatch_log_group" "workload" {
  for_each = local.workloads

  name              = "/${local.project}/${var.environment}/${each.key}"
  retention_in_days = var.log_retention_days
  kms_key_id        = aws_kms_key.logs.arn

  tags = { Workload = each.key }
}
