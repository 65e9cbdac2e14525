# Who may talk to the load balancer, and it to the servers alone.

resource "aws_security_group" "alb" {
  name_prefix = "${local.short}-alb-"
  description = "Load balancer of ${local.name}"
  vpc_id      = local.vpc_id

  tags = { Name = "${local.name}-alb" }

  lifecycle {
    create_before_destroy = true
  }
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
  for_each = local.tasks

  security_group_id            = aws_security_group.alb.id
  description                  = "gRPC and health checks to ${each.key}"
  ip_protocol                  = "tcp"
  from_port                    = each.value.entry.port
  to_port                      = each.value.entry.port
  referenced_security_group_id = aws_security_group.tasks[each.key].id
}

resource "aws_vpc_security_group_ingress_rule" "tasks_from_alb" {
  for_each = local.tasks

  security_group_id            = aws_security_group.tasks[each.key].id
  description                  = "gRPC and health checks from the load balancer"
  ip_protocol                  = "tcp"
  from_port                    = each.value.entry.port
  to_port                      = each.value.entry.port
  referenced_security_group_id = aws_security_group.alb.id
}
