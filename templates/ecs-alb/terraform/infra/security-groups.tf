# Who may talk to whom: clients to the load balancer, it alone to the servers, servers to AWS and what task_egress adds.

resource "aws_security_group" "alb" {
  name_prefix = "${local.short}-alb-"
  description = "Load balancer of ${local.name}"
  vpc_id      = local.vpc_id

  tags = { Name = "${local.name}-alb" }

  lifecycle {
    create_before_destroy = true
  }
}

locals {
  everybody       = local.internal ? local.vpc_cidrs : ["0.0.0.0/0"]
  allowed_cidrs   = length(var.allowed_cidrs) > 0 ? var.allowed_cidrs : local.everybody
  allowed_by_rank = { for index, cidr in local.allowed_cidrs : tostring(index) => cidr }
}

resource "aws_vpc_security_group_ingress_rule" "alb_from_clients" {
  # By rank: with a network made in the same plan the range itself is not known yet.
  for_each = local.allowed_by_rank

  security_group_id = aws_security_group.alb.id
  description       = "gRPC over TLS from clients"
  ip_protocol       = "tcp"
  from_port         = 443
  to_port           = 443
  cidr_ipv4         = each.value
}

resource "aws_vpc_security_group_egress_rule" "alb_to_tasks" {
  for_each = local.workloads

  security_group_id            = aws_security_group.alb.id
  description                  = "gRPC and health checks to ${each.key}"
  ip_protocol                  = "tcp"
  from_port                    = local.grpc_port
  to_port                      = local.grpc_port
  referenced_security_group_id = aws_security_group.tasks[each.key].id
}

resource "aws_security_group" "tasks" {
  #checkov:skip=CKV2_AWS_5:services.tf attaches each to its workload's service
  for_each = local.workloads

  name_prefix = "${trimsuffix(substr("${local.short}-${each.key}", 0, 80), "-")}-"
  description = "Tasks of ${each.key}"
  vpc_id      = local.vpc_id

  tags = { Name = "${local.name}-${each.key}" }

  lifecycle {
    create_before_destroy = true
  }
}

resource "aws_vpc_security_group_ingress_rule" "tasks_from_alb" {
  for_each = local.workloads

  security_group_id            = aws_security_group.tasks[each.key].id
  description                  = "gRPC and health checks from the load balancer"
  ip_protocol                  = "tcp"
  from_port                    = local.grpc_port
  to_port                      = local.grpc_port
  referenced_security_group_id = aws_security_group.alb.id
}

locals {
  # Names of AWS services resolve to addresses that change, so HTTPS is open; the resolver needs no rule.
  task_egress = merge({ https = { port = 443, cidr = "0.0.0.0/0" } }, var.task_egress)

  egress_by_workload = merge([
    for workload in keys(local.workloads) : {
      for name, to in local.task_egress : "${workload} ${name}" => merge(to, { workload = workload, name = name })
    }
  ]...)
}

resource "aws_vpc_security_group_egress_rule" "tasks" {
  for_each = local.egress_by_workload

  security_group_id = aws_security_group.tasks[each.value.workload].id
  description       = each.value.name
  ip_protocol       = "tcp"
  from_port         = each.value.port
  to_port           = each.value.port
  cidr_ipv4         = each.value.cidr
}
