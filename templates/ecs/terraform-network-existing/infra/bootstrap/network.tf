# What a deploy may do to the network that is there already: put security groups into it, and nothing else.

data "aws_iam_policy_document" "deploy_network" {
  for_each = local.own_tags

  # Which VPC that is, only its tags tell, and they are the environment's to say; permissions.tf bounds the groups.
  statement {
    sid       = "GroupsInside"
    actions   = ["ec2:CreateSecurityGroup"]
    resources = ["${local.ec2}:vpc/*"]
  }
}
