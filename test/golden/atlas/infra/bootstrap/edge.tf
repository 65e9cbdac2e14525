# What a deploy may do to the load balancer of its environment, and to the bucket of its logs.

data "aws_iam_policy_document" "deploy_edge" {
  for_each = local.shorts

  source_policy_documents = [
    data.aws_iam_policy_document.deploy_load_balancer[each.key].json,
    data.aws_iam_policy_document.deploy_names[each.key].json,
    data.aws_iam_policy_document.deploy_bucket[each.key].json,
  ]
}

data "aws_iam_policy_document" "deploy_load_balancer" {
  #checkov:skip=CKV_AWS_356:to set a web ACL knows no resources
  for_each = local.shorts

  statement {
    sid = "LoadBalancer"
    actions = [
      "elasticloadbalancing:AddTags",
      "elasticloadbalancing:CreateListener",
      "elasticloadbalancing:CreateLoadBalancer",
      "elasticloadbalancing:CreateRule",
      "elasticloadbalancing:CreateTargetGroup",
      "elasticloadbalancing:CreateWebACLAssociation",
      "elasticloadbalancing:DeleteListener",
      "elasticloadbalancing:DeleteLoadBalancer",
      "elasticloadbalancing:DeleteRule",
      "elasticloadbalancing:DeleteTargetGroup",
      "elasticloadbalancing:DeleteWebACLAssociation",
      "elasticloadbalancing:ModifyListener",
      "elasticloadbalancing:ModifyListenerAttributes",
      "elasticloadbalancing:ModifyLoadBalancerAttributes",
      "elasticloadbalancing:ModifyRule",
      "elasticloadbalancing:ModifyTargetGroup",
      "elasticloadbalancing:ModifyTargetGroupAttributes",
      "elasticloadbalancing:RemoveTags",
      "elasticloadbalancing:SetIpAddressType",
      "elasticloadbalancing:SetSecurityGroups",
      "elasticloadbalancing:SetSubnets",
    ]
    resources = [
      "arn:${local.partition}:elasticloadbalancing:${local.region_account}:loadbalancer/app/${each.value}/*",
      "arn:${local.partition}:elasticloadbalancing:${local.region_account}:listener/app/${each.value}/*",
      "arn:${local.partition}:elasticloadbalancing:${local.region_account}:listener-rule/app/${each.value}/*",
      "arn:${local.partition}:elasticloadbalancing:${local.region_account}:targetgroup/${each.value}-*/*",
    ]
  }

  statement {
    sid       = "WebAcl"
    actions   = ["wafv2:AssociateWebACL", "wafv2:DisassociateWebACL"]
    resources = ["arn:${local.partition}:wafv2:${local.region_account}:regional/webacl/*", "arn:${local.partition}:elasticloadbalancing:${local.region_account}:loadbalancer/app/${each.value}/*"]
  }

  # It knows no resources; to which load balancers a web ACL can be led is said above.
  statement {
    sid       = "WebAclOfLoadBalancer"
    actions   = ["elasticloadbalancing:SetWebAcl"]
    resources = ["*"]
  }
}

data "aws_iam_policy_document" "deploy_bucket" {
  for_each = local.shorts

  statement {
    sid = "BucketOfLogs"
    actions = [
      "s3:CreateBucket",
      "s3:DeleteBucket",
      "s3:DeleteBucketPolicy",
      "s3:PutBucketOwnershipControls",
      "s3:PutBucketPolicy",
      "s3:PutBucketPublicAccessBlock",
      "s3:PutBucketTagging",
      "s3:PutEncryptionConfiguration",
      "s3:PutLifecycleConfiguration",
      "s3:TagResource",
      "s3:UntagResource",
    ]
    resources = ["arn:${local.partition}:s3:::${each.value}-logs-${local.account}-${local.region}"]
  }

  # Destroying an environment without deletion protection empties its bucket first.
  statement {
    sid       = "EmptyBucketOfLogs"
    actions   = ["s3:DeleteObject", "s3:DeleteObjectVersion", "s3:ListBucketVersions"]
    resources = ["arn:${local.partition}:s3:::${each.value}-logs-${local.account}-${local.region}", "arn:${local.partition}:s3:::${each.value}-logs-${local.account}-${local.region}/*"]
  }
}
