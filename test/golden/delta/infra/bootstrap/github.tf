# Who the pipeline is in AWS: nobody has a key. GitHub signs a token for each job, and a role trusts exactly one subject.

resource "aws_iam_openid_connect_provider" "github" {
  count = var.create_oidc_provider ? 1 : 0

  url            = "https://token.actions.githubusercontent.com"
  client_id_list = ["sts.amazonaws.com"]
}

data "aws_iam_openid_connect_provider" "github" {
  count = var.create_oidc_provider ? 0 : 1

  url = "https://token.actions.githubusercontent.com"
}

locals {
  oidc_provider = one(concat(aws_iam_openid_connect_provider.github[*].arn, data.aws_iam_openid_connect_provider.github[*].arn))

  # An environment's name is in the subject only if the job has that environment, whose rules in GitHub (main alone,
  # reviewers) then hold.
  subjects = merge(
    {
      plan   = ["${var.github_subject_prefix}:pull_request", "${var.github_subject_prefix}:ref:refs/heads/main"]
      images = ["${var.github_subject_prefix}:ref:refs/heads/main"]
    },
    { for environment in local.environments : "deploy-${environment}" => ["${var.github_subject_prefix}:environment:${environment}"] },
  )
}

data "aws_iam_policy_document" "assume" {
  for_each = local.subjects

  statement {
    actions = ["sts:AssumeRoleWithWebIdentity"]

    principals {
      type        = "Federated"
      identifiers = [local.oidc_provider]
    }

    condition {
      test     = "StringEquals"
      variable = "token.actions.githubusercontent.com:aud"
      values   = ["sts.amazonaws.com"]
    }

    condition {
      test     = "StringEquals"
      variable = "token.actions.githubusercontent.com:sub"
      values   = each.value
    }
  }
}

# Under a path of its own, out of reach of the deploy roles, which may write role/<project>-<environment>-*. Names are
# unique in an account whatever their path, so the project is in them too.
resource "aws_iam_role" "github" {
  for_each = local.subjects

  name                 = "${local.project_short}-${each.key}"
  path                 = "/${local.project}-bootstrap/"
  description          = "GitHub Actions of ${local.project}: ${each.key}"
  assume_role_policy   = data.aws_iam_policy_document.assume[each.key].json
  max_session_duration = 3600
}

# Builds are pushed, never taken back.
resource "aws_iam_role_policy" "images" {
  name   = "push"
  role   = aws_iam_role.github["images"].id
  policy = data.aws_iam_policy_document.images.json
}

data "aws_iam_policy_document" "images" {
  #checkov:skip=CKV_AWS_356:ecr:GetAuthorizationToken knows no resources
  statement {
    sid       = "Registry"
    actions   = ["ecr:GetAuthorizationToken"]
    resources = ["*"]
  }

  statement {
    sid = "Push"
    actions = [
      "ecr:BatchCheckLayerAvailability",
      "ecr:BatchGetImage",
      "ecr:CompleteLayerUpload",
      "ecr:DescribeImages",
      "ecr:GetDownloadUrlForLayer",
      "ecr:InitiateLayerUpload",
      "ecr:PutImage",
      "ecr:UploadLayerPart",
    ]
    resources = [for repository in aws_ecr_repository.workload : repository.arn]
  }
}
