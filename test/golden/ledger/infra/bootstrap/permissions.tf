# What the pipeline may do. Plans read; a deploy writes what carries its environment's name, and nothing else.

locals {
  region_account = "${local.region}:${local.account}"
  ec2            = "arn:${local.partition}:ec2:${local.region_account}"

  # Everything of an environment is tagged so, and a deploy has to: what it makes, and what it changes.
  own_tags = { for environment in local.environments : environment => { Project = local.project, Environment = environment } }

  policies = merge(
    { plan = { read = data.aws_iam_policy_document.read.json, state = data.aws_iam_policy_document.plan_state.json } },
    {
      for environment in local.environments : "deploy-${environment}" => {
        read    = data.aws_iam_policy_document.read.json
        state   = data.aws_iam_policy_document.deploy_state[environment].json
        network = data.aws_iam_policy_document.deploy_network[environment].json
        groups  = data.aws_iam_policy_document.deploy_groups[environment].json
        edge    = data.aws_iam_policy_document.deploy_edge[environment].json
        service = data.aws_iam_policy_document.deploy_service[environment].json
      }
    },
  )
  attached = merge([
    for role, documents in local.policies : { for name, document in documents : "${role}-${name}" => { role = role, document = document } }
  ]...)
}

# Managed policies, because a role's own ones have 10,240 characters together.
resource "aws_iam_policy" "github" {
  for_each = local.attached

  name   = "${local.project_short}-${each.key}"
  path   = "/${local.project}-bootstrap/"
  policy = each.value.document
}

resource "aws_iam_role_policy_attachment" "github" {
  for_each = local.attached

  role       = aws_iam_role.github[each.value.role].name
  policy_arn = aws_iam_policy.github[each.key].arn
}

# Descriptions, never contents: no object of a bucket but state, no value of a secret, no log line.
data "aws_iam_policy_document" "read" {
  #checkov:skip=CKV_AWS_356:most Describe and List actions know no resources; the rest are named below
  statement {
    sid = "Describe"
    actions = [
      "acm:DescribeCertificate",
      "acm:ListTagsForCertificate",
      "application-autoscaling:Describe*",
      "application-autoscaling:ListTagsForResource",
      "cloudwatch:DescribeAlarms",
      "cloudwatch:ListTagsForResource",
      "ec2:Describe*",
      "ecr:DescribeImages",
      "ecr:DescribeRepositories",
      "ecr:ListTagsForResource",
      "ecs:Describe*",
      "ecs:List*",
      "elasticloadbalancing:Describe*",
      "elasticloadbalancing:GetLoadBalancerWebACL",
      "kms:DescribeKey",
      "kms:ListAliases",
      "logs:DescribeLogGroups",
      "logs:DescribeMetricFilters",
      "logs:ListTagsForResource",
      "route53:GetChange",
      "route53:GetHostedZone",
      "route53:ListHostedZones",
      "route53:ListHostedZonesByName",
      "route53:ListResourceRecordSets",
      "route53:ListTagsForResource",
      "sns:GetSubscriptionAttributes",
      "wafv2:GetWebACL",
      "wafv2:GetWebACLForResource",
    ]
    resources = ["*"]
  }

  statement {
    sid = "Roles"
    actions = [
      "iam:GetRole",
      "iam:GetRolePolicy",
      "iam:ListAttachedRolePolicies",
      "iam:ListInstanceProfilesForRole",
      "iam:ListRolePolicies",
    ]
    resources = [for short in local.shorts : "arn:${local.partition}:iam::${local.account}:role/${short}-*"]
  }

  statement {
    sid = "BucketsOfLogs"
    actions = [
      "s3:GetAccelerateConfiguration",
      "s3:GetBucket*",
      "s3:GetEncryptionConfiguration",
      "s3:GetLifecycleConfiguration",
      "s3:GetReplicationConfiguration",
      "s3:ListBucket",
      "s3:ListTagsForResource",
    ]
    resources = [for short in local.shorts : "arn:${local.partition}:s3:::${short}-logs-${local.account}-${local.region}"]
  }

  statement {
    sid       = "WhereSecretsAre"
    actions   = ["secretsmanager:DescribeSecret", "secretsmanager:GetResourcePolicy"]
    resources = ["arn:${local.partition}:secretsmanager:${local.region_account}:secret:${local.project}/*"]
  }

  statement {
    sid       = "Topics"
    actions   = ["sns:GetTopicAttributes", "sns:ListSubscriptionsByTopic", "sns:ListTagsForResource"]
    resources = [for name in local.names : "arn:${local.partition}:sns:${local.region_account}:${name}-*"]
  }
}

data "aws_iam_policy_document" "plan_state" {
  statement {
    sid       = "Bucket"
    actions   = ["s3:ListBucket"]
    resources = [aws_s3_bucket.state.arn]
  }

  statement {
    sid       = "Read"
    actions   = ["s3:GetObject"]
    resources = [for environment in local.environments : "${aws_s3_bucket.state.arn}/${environment}.tfstate"]
  }

  statement {
    sid       = "Key"
    actions   = ["kms:Decrypt"]
    resources = [aws_kms_key.state.arn]
  }
}

data "aws_iam_policy_document" "deploy_state" {
  for_each = toset(local.environments)

  statement {
    sid       = "Bucket"
    actions   = ["s3:ListBucket"]
    resources = [aws_s3_bucket.state.arn]
  }

  statement {
    sid       = "State"
    actions   = ["s3:GetObject", "s3:PutObject"]
    resources = ["${aws_s3_bucket.state.arn}/${each.key}.tfstate"]
  }

  statement {
    sid       = "Lock"
    actions   = ["s3:DeleteObject", "s3:GetObject", "s3:PutObject"]
    resources = ["${aws_s3_bucket.state.arn}/${each.key}.tfstate.tflock"]
  }

  statement {
    sid       = "Key"
    actions   = ["kms:Decrypt", "kms:GenerateDataKey"]
    resources = [aws_kms_key.state.arn]
  }
}

# Security groups, in whichever network; network.tf says what may be done to that.
data "aws_iam_policy_document" "deploy_groups" {
  #checkov:skip=CKV_AWS_109:bounded by tags; EC2 names nothing before it exists
  #checkov:skip=CKV_AWS_111:bounded by tags; EC2 names nothing before it exists
  #checkov:skip=CKV_AWS_356:bounded by tags; EC2 names nothing before it exists
  for_each = local.own_tags

  statement {
    sid       = "New"
    actions   = ["ec2:CreateSecurityGroup"]
    resources = ["${local.ec2}:security-group/*"]

    dynamic "condition" {
      for_each = each.value

      content {
        test     = "StringEquals"
        variable = "aws:RequestTag/${condition.key}"
        values   = [condition.value]
      }
    }
  }

  statement {
    sid       = "TagNew"
    actions   = ["ec2:CreateTags"]
    resources = ["${local.ec2}:security-group/*", "${local.ec2}:security-group-rule/*"]

    condition {
      test     = "StringEquals"
      variable = "ec2:CreateAction"
      values   = ["AuthorizeSecurityGroupEgress", "AuthorizeSecurityGroupIngress", "CreateSecurityGroup"]
    }
  }

  statement {
    sid = "Own"
    actions = [
      "ec2:AuthorizeSecurityGroupEgress",
      "ec2:AuthorizeSecurityGroupIngress",
      "ec2:CreateTags",
      "ec2:DeleteSecurityGroup",
      "ec2:DeleteTags",
      "ec2:ModifySecurityGroupRules",
      "ec2:RevokeSecurityGroupEgress",
      "ec2:RevokeSecurityGroupIngress",
      "ec2:UpdateSecurityGroupRuleDescriptionsEgress",
      "ec2:UpdateSecurityGroupRuleDescriptionsIngress",
    ]
    resources = ["${local.ec2}:security-group/*", "${local.ec2}:security-group-rule/*"]

    dynamic "condition" {
      for_each = each.value

      content {
        test     = "StringEquals"
        variable = "aws:ResourceTag/${condition.key}"
        values   = [condition.value]
      }
    }
  }

  # A new rule has no tags to go by; its group, above, has to be the environment's own.
  statement {
    sid       = "NewRules"
    actions   = ["ec2:AuthorizeSecurityGroupEgress", "ec2:AuthorizeSecurityGroupIngress"]
    resources = ["${local.ec2}:security-group-rule/*"]
  }
}

data "aws_iam_policy_document" "deploy_names" {
  #checkov:skip=CKV_AWS_356:a certificate has no name before it exists, and is bounded by its tag; Route 53 by its zone
  for_each = local.shorts

  statement {
    sid       = "NewCertificate"
    actions   = ["acm:RequestCertificate"]
    resources = ["*"]

    dynamic "condition" {
      for_each = local.own_tags[each.key]

      content {
        test     = "StringEquals"
        variable = "aws:RequestTag/${condition.key}"
        values   = [condition.value]
      }
    }
  }

  # A request with tags needs this too. A certificate of others that has neither of these tags could be tagged so as well,
  # and then deleted, unless it is in use.
  statement {
    sid       = "TagCertificate"
    actions   = ["acm:AddTagsToCertificate"]
    resources = ["*"]

    dynamic "condition" {
      for_each = local.own_tags[each.key]

      content {
        test     = "StringEquals"
        variable = "aws:RequestTag/${condition.key}"
        values   = [condition.value]
      }
    }

    dynamic "condition" {
      for_each = local.own_tags[each.key]

      content {
        test     = "StringEqualsIfExists"
        variable = "aws:ResourceTag/${condition.key}"
        values   = [condition.value]
      }
    }
  }

  statement {
    sid       = "OwnCertificate"
    actions   = ["acm:DeleteCertificate", "acm:RemoveTagsFromCertificate", "acm:UpdateCertificateOptions"]
    resources = ["arn:${local.partition}:acm:${local.region_account}:certificate/*"]

    dynamic "condition" {
      for_each = local.own_tags[each.key]

      content {
        test     = "StringEquals"
        variable = "aws:ResourceTag/${condition.key}"
        values   = [condition.value]
      }
    }
  }

  statement {
    sid       = "Names"
    actions   = ["route53:ChangeResourceRecordSets"]
    resources = [local.zone_arn]
  }
}

data "aws_iam_policy_document" "deploy_service" {
  #checkov:skip=CKV_AWS_109:bounded by the environment's name, its tag or its boundary, wherever AWS can
  #checkov:skip=CKV_AWS_111:bounded by the environment's name, its tag or its boundary, wherever AWS can
  #checkov:skip=CKV_AWS_356:bounded by the environment's name, its tag or its boundary, wherever AWS can
  for_each = local.names

  statement {
    sid = "Ecs"
    actions = [
      "ecs:CreateCluster",
      "ecs:CreateService",
      "ecs:DeleteCluster",
      "ecs:DeleteService",
      "ecs:PutClusterCapacityProviders",
      "ecs:RegisterTaskDefinition",
      "ecs:TagResource",
      "ecs:UntagResource",
      "ecs:UpdateCluster",
      "ecs:UpdateClusterSettings",
      "ecs:UpdateService",
    ]
    resources = [
      "arn:${local.partition}:ecs:${local.region_account}:cluster/${each.value}",
      "arn:${local.partition}:ecs:${local.region_account}:service/${each.value}/*",
      "arn:${local.partition}:ecs:${local.region_account}:task-definition/${each.value}-*",
    ]
  }

  statement {
    sid = "Autoscaling"
    actions = [
      "application-autoscaling:DeleteScalingPolicy",
      "application-autoscaling:DeregisterScalableTarget",
      "application-autoscaling:PutScalingPolicy",
      "application-autoscaling:RegisterScalableTarget",
      "application-autoscaling:TagResource",
      "application-autoscaling:UntagResource",
    ]
    resources = ["*"]

    condition {
      test     = "StringEquals"
      variable = "aws:RequestedRegion"
      values   = [local.region]
    }
  }

  statement {
    sid = "Logs"
    actions = [
      "logs:AssociateKmsKey",
      "logs:CreateLogGroup",
      "logs:DeleteLogGroup",
      "logs:DeleteMetricFilter",
      "logs:PutMetricFilter",
      "logs:PutRetentionPolicy",
      "logs:TagResource",
      "logs:UntagResource",
    ]
    resources = ["arn:${local.partition}:logs:${local.region_account}:log-group:/${local.project}/${each.key}/*"]
  }

  statement {
    sid = "Alarms"
    actions = [
      "cloudwatch:DeleteAlarms",
      "cloudwatch:PutMetricAlarm",
      "cloudwatch:TagResource",
      "cloudwatch:UntagResource",
    ]
    # The second are autoscaling's own.
    resources = [
      "arn:${local.partition}:cloudwatch:${local.region_account}:alarm:${each.value}-*",
      "arn:${local.partition}:cloudwatch:${local.region_account}:alarm:TargetTracking-service/${each.value}/*",
    ]
  }

  statement {
    sid = "Topic"
    actions = [
      "sns:CreateTopic",
      "sns:DeleteTopic",
      "sns:SetTopicAttributes",
      "sns:Subscribe",
      "sns:TagResource",
      "sns:UntagResource",
    ]
    resources = ["arn:${local.partition}:sns:${local.region_account}:${each.value}-*"]
  }

  # It knows no resources.
  statement {
    sid       = "Unsubscribe"
    actions   = ["sns:Unsubscribe"]
    resources = ["*"]
  }

  # A role can be made or given rights only inside the boundary.
  statement {
    sid       = "RolesInsideTheBoundary"
    actions   = ["iam:CreateRole", "iam:PutRolePermissionsBoundary", "iam:PutRolePolicy"]
    resources = ["arn:${local.partition}:iam::${local.account}:role/${local.shorts[each.key]}-*"]

    condition {
      test     = "StringEquals"
      variable = "iam:PermissionsBoundary"
      values   = [aws_iam_policy.boundary[each.key].arn]
    }
  }

  statement {
    sid = "Roles"
    actions = [
      "iam:DeleteRole",
      "iam:DeleteRolePolicy",
      "iam:TagRole",
      "iam:UntagRole",
      "iam:UpdateAssumeRolePolicy",
      "iam:UpdateRole",
      "iam:UpdateRoleDescription",
    ]
    resources = ["arn:${local.partition}:iam::${local.account}:role/${local.shorts[each.key]}-*"]
  }

  statement {
    sid       = "PassRole"
    actions   = ["iam:PassRole"]
    resources = ["arn:${local.partition}:iam::${local.account}:role/${local.shorts[each.key]}-*"]

    condition {
      test     = "StringEquals"
      variable = "iam:PassedToService"
      values   = ["ecs-tasks.amazonaws.com", "vpc-flow-logs.amazonaws.com"]
    }
  }

  # AWS's own roles, which its services make at their first use in an account.
  statement {
    sid       = "ServiceRoles"
    actions   = ["iam:CreateServiceLinkedRole"]
    resources = ["arn:${local.partition}:iam::${local.account}:role/aws-service-role/*"]

    condition {
      test     = "StringEquals"
      variable = "iam:AWSServiceName"
      values   = ["ecs.amazonaws.com", "ecs.application-autoscaling.amazonaws.com", "elasticloadbalancing.amazonaws.com"]
    }
  }
}

# The most that a role of an environment can have, whatever its own policies say.
resource "aws_iam_policy" "boundary" {
  for_each = local.shorts

  name        = "${each.value}-boundary"
  description = "The most that roles of ${local.names[each.key]} can have"
  policy      = data.aws_iam_policy_document.boundary[each.key].json
}

data "aws_iam_policy_document" "boundary" {
  #checkov:skip=CKV_AWS_109:a boundary grants nothing
  #checkov:skip=CKV_AWS_111:a boundary grants nothing
  #checkov:skip=CKV_AWS_356:a boundary grants nothing
  for_each = local.shorts

  statement {
    sid = "StartTasksAndTellOfThem"
    actions = concat([
      "ecr:BatchCheckLayerAvailability",
      "ecr:BatchGetImage",
      "ecr:GetAuthorizationToken",
      "ecr:GetDownloadUrlForLayer",
      "kms:Decrypt",
      "logs:DescribeLogGroups",
      "xray:PutTelemetryRecords",
      "xray:PutTraceSegments",
    ], var.task_actions)
    resources = ["*"]
  }

  statement {
    sid       = "Logs"
    actions   = ["logs:CreateLogStream", "logs:DescribeLogStreams", "logs:PutLogEvents"]
    resources = ["arn:${local.partition}:logs:${local.region_account}:log-group:/${local.project}/${each.key}/*"]
  }

  statement {
    sid     = "Secrets"
    actions = ["secretsmanager:GetSecretValue", "ssm:GetParameters"]
    resources = [
      "arn:${local.partition}:secretsmanager:${local.region_account}:secret:${local.project}/${each.key}/*",
      "arn:${local.partition}:ssm:${local.region_account}:parameter/${local.project}/${each.key}/*",
    ]
  }
}
