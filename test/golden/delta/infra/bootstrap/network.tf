# What a deploy may do to networks: make one that is tagged as its environment's, and change that one.

locals {
  # Together what is never both made by one of the actions and there already for another: the tags of a request speak
  # of the former, those of a resource of the latter.
  makes_of_network = {
    NewApart  = { actions = ["AllocateAddress", "CreateInternetGateway", "CreateVpc"], kinds = ["elastic-ip", "internet-gateway", "vpc"] }
    NewInside = { actions = ["CreateRouteTable", "CreateSubnet"], kinds = ["route-table", "subnet"] }
    NewBeside = { actions = ["CreateFlowLogs", "CreateNatGateway", "CreateVpcEndpoint"], kinds = ["natgateway", "vpc-endpoint", "vpc-flow-log"] }
  }
}

data "aws_iam_policy_document" "deploy_network" {
  #checkov:skip=CKV_AWS_109:bounded by tags; EC2 names nothing before it exists
  #checkov:skip=CKV_AWS_111:bounded by tags; EC2 names nothing before it exists
  #checkov:skip=CKV_AWS_356:bounded by tags; EC2 names nothing before it exists
  for_each = local.own_tags

  dynamic "statement" {
    for_each = local.makes_of_network

    content {
      sid       = statement.key
      actions   = [for action in statement.value.actions : "ec2:${action}"]
      resources = [for kind in statement.value.kinds : "${local.ec2}:${kind}/*"]

      dynamic "condition" {
        for_each = each.value

        content {
          test     = "StringEquals"
          variable = "aws:RequestTag/${condition.key}"
          values   = [condition.value]
        }
      }
    }
  }

  statement {
    sid       = "TagNew"
    actions   = ["ec2:CreateTags"]
    resources = flatten([for made in local.makes_of_network : [for kind in made.kinds : "${local.ec2}:${kind}/*"]])

    condition {
      test     = "StringEquals"
      variable = "ec2:CreateAction"
      values   = flatten(values(local.makes_of_network)[*].actions)
    }
  }

  # What is made stands in a VPC, in a subnet, on an address: those too have to be the environment's own.
  statement {
    sid = "Own"
    actions = [
      "ec2:AssociateRouteTable",
      "ec2:AttachInternetGateway",
      "ec2:CreateFlowLogs",
      "ec2:CreateNatGateway",
      "ec2:CreateRoute",
      "ec2:CreateRouteTable",
      "ec2:CreateSecurityGroup",
      "ec2:CreateSubnet",
      "ec2:CreateTags",
      "ec2:CreateVpcEndpoint",
      "ec2:DeleteFlowLogs",
      "ec2:DeleteInternetGateway",
      "ec2:DeleteNatGateway",
      "ec2:DeleteRoute",
      "ec2:DeleteRouteTable",
      "ec2:DeleteSubnet",
      "ec2:DeleteTags",
      "ec2:DeleteVpc",
      "ec2:DeleteVpcEndpoints",
      "ec2:DetachInternetGateway",
      "ec2:DisassociateAddress",
      "ec2:DisassociateRouteTable",
      "ec2:ModifySubnetAttribute",
      "ec2:ModifyVpcAttribute",
      "ec2:ModifyVpcEndpoint",
      "ec2:ReleaseAddress",
      "ec2:ReplaceRoute",
      "ec2:ReplaceRouteTableAssociation",
    ]
    resources = ["${local.ec2}:*"]

    dynamic "condition" {
      for_each = each.value

      content {
        test     = "StringEquals"
        variable = "aws:ResourceTag/${condition.key}"
        values   = [condition.value]
      }
    }
  }

  # AWS makes the default group of a VPC, without tags, and Terraform tags it before it empties it. What it is in is not
  # known here, so this takes any group that has neither these tags nor a name.
  statement {
    sid       = "DefaultGroup"
    actions   = ["ec2:CreateTags"]
    resources = ["${local.ec2}:security-group/*"]

    dynamic "condition" {
      for_each = each.value

      content {
        test     = "StringEquals"
        variable = "aws:RequestTag/${condition.key}"
        values   = [condition.value]
      }
    }

    dynamic "condition" {
      for_each = toset(concat(keys(each.value), ["Name"]))

      content {
        test     = "Null"
        variable = "aws:ResourceTag/${condition.key}"
        values   = ["true"]
      }
    }
  }

  # interface_endpoints: their names lead to them by a zone of AWS's, which knows no tags.
  statement {
    sid       = "NamesOfEndpoints"
    actions   = ["route53:AssociateVPCWithHostedZone"]
    resources = ["*"]
  }
}
