# What a deploy may do to the load balancer of its environment. It has no rules beside what its listener leads to.

data "aws_iam_policy_document" "deploy_edge" {
  for_each = local.shorts

  source_policy_documents = [
    data.aws_iam_policy_document.deploy_load_balancer[each.key].json,
    data.aws_iam_policy_document.deploy_names[each.key].json,
  ]
}

data "aws_iam_policy_document" "deploy_load_balancer" {
  for_each = local.shorts

  statement {
    sid = "LoadBalancer"
    actions = [
      "elasticloadbalancing:AddTags",
      "elasticloadbalancing:CreateListener",
      "elasticloadbalancing:CreateLoadBalancer",
      "elasticloadbalancing:CreateTargetGroup",
      "elasticloadbalancing:DeleteListener",
      "elasticloadbalancing:DeleteLoadBalancer",
      "elasticloadbalancing:DeleteTargetGroup",
      "elasticloadbalancing:ModifyListener",
      "elasticloadbalancing:ModifyListenerAttributes",
      "elasticloadbalancing:ModifyLoadBalancerAttributes",
      "elasticloadbalancing:ModifyTargetGroup",
      "elasticloadbalancing:ModifyTargetGroupAttributes",
      "elasticloadbalancing:RemoveTags",
      "elasticloadbalancing:SetIpAddressType",
      "elasticloadbalancing:SetSecurityGroups",
      "elasticloadbalancing:SetSubnets",
    ]
    resources = [
      "arn:${local.partition}:elasticloadbalancing:${local.region_account}:loadbalancer/net/${each.value}/*",
      "arn:${local.partition}:elasticloadbalancing:${local.region_account}:listener/net/${each.value}/*",
      "arn:${local.partition}:elasticloadbalancing:${local.region_account}:targetgroup/${each.value}-*/*",
    ]
  }
}
