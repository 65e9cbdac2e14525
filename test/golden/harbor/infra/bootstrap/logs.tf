# For each environment the key that encrypts its logs. Made here, so that no deploy needs the right to make keys.

resource "aws_kms_key" "logs" {
  for_each = local.names

  description             = "Logs of ${each.value}"
  enable_key_rotation     = true
  deletion_window_in_days = 7
  policy                  = data.aws_iam_policy_document.logs_key[each.key].json

  tags = { Environment = each.key }
}

resource "aws_kms_alias" "logs" {
  for_each = local.names

  name          = "alias/${each.value}-logs"
  target_key_id = aws_kms_key.logs[each.key].id
}

data "aws_iam_policy_document" "logs_key" {
  #checkov:skip=CKV_AWS_109:a key's policy speaks of that key alone, whatever its resources say
  #checkov:skip=CKV_AWS_111:a key's policy speaks of that key alone, whatever its resources say
  #checkov:skip=CKV_AWS_356:a key's policy speaks of that key alone, whatever its resources say
  for_each = local.names

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
      values   = ["arn:${local.partition}:logs:${local.region_account}:log-group:/${local.project}/${each.key}/*"]
    }
  }

  # The topic of alarms, where there is one, is encrypted with it too, and CloudWatch publishes there.
  statement {
    sid       = "Alarms"
    actions   = ["kms:Decrypt", "kms:GenerateDataKey*"]
    resources = ["*"]

    principals {
      type        = "Service"
      identifiers = ["cloudwatch.amazonaws.com"]
    }

    condition {
      test     = "StringEquals"
      variable = "aws:SourceAccount"
      values   = [local.account]
    }
  }
}
