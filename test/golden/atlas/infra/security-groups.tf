# Who may dial, and whom tasks may call: AWS and what task_egress adds. edge-group.tf says who calls tasks.

locals {
  everybody       = local.internal ? local.vpc_cidrs : ["0.0.0.0/0"]
  allowed_cidrs   = length(var.allowed_cidrs) > 0 ? var.allowed_cidrs : local.everybody
  allowed_by_rank = { for index, cidr in local.allowed_cidrs : tostring(index) => cidr }
}

resource "aws_security_group" "tasks" {
  #checkov:skip=CKV2_AWS_5:services.tf attaches each to its service
  for_each = local.tasks

  name_prefix = "${trimsuffix(substr("${local.short}-${each.key}", 0, 80), "-")}-"
  description = "Tasks of ${each.key}"
  vpc_id      = local.vpc_id

  tags = { Name = "${local.name}-${each.key}" }

  lifecycle {
    create_before_destroy = true
  }
}

locals {
  # Names of AWS services resolve to addresses that change, so HTTPS is open; the resolver needs no rule.
  task_egress = merge({ https = { port = 443, cidr = "0.0.0.0/0" } }, var.task_egress)

  egress_by_task = merge([
    for task in keys(local.tasks) : {
      for name, to in local.task_egress : "${task} ${name}" => merge(to, { task = task, name = name })
    }
  ]...)
}

resource "aws_vpc_security_group_egress_rule" "tasks" {
  for_each = local.egress_by_task

  security_group_id = aws_security_group.tasks[each.value.task].id
  description       = each.value.name
  ip_protocol       = "tcp"
  from_port         = each.value.port
  to_port           = each.value.port
  cidr_ipv4         = each.value.cidr
}
