# The edge: it balances connections and knows nothing of calls, which nginx in each task hands on (edge/nginx.conf).

locals {
  # How one dials it: with this repo's own client, and with grpcurl.
  dialled = { call = "--tls --address ${var.hostname}:443", grpcurl = "${var.hostname}:443" }
}

resource "aws_lb" "this" {
  #checkov:skip=CKV_AWS_91:nginx logs each call; its own log would tell of TLS connections alone
  #checkov:skip=CKV2_AWS_28:a web ACL cannot stand before a load balancer of connections
  name               = local.short
  load_balancer_type = "network"
  internal           = local.internal
  subnets            = local.internal ? local.private_subnets : local.public_subnets
  # One that was made without a group can never get one.
  security_groups = [aws_security_group.nlb.id]

  # Else a zone with one task gets as many connections as one with three.
  enable_cross_zone_load_balancing = true
  enable_deletion_protection       = var.deletion_protection
}

resource "aws_lb_listener" "grpc" {
  load_balancer_arn = aws_lb.this.arn
  port              = 443
  protocol          = "TLS"
  # Without it a client that asks for HTTP/2 is not told that it may speak it, and gRPC clients go away.
  alpn_policy     = "HTTP2Preferred"
  ssl_policy      = "ELBSecurityPolicy-TLS13-1-2-Res-PQ-2025-09"
  certificate_arn = aws_acm_certificate_validation.this.certificate_arn

  default_action {
    type             = "forward"
    target_group_arn = aws_lb_target_group.workload[local.project].arn
  }
}

resource "aws_lb_target_group" "workload" {
  for_each = local.tasks

  # AWS allows 32 characters. The hash tells apart what is cut off, and a group that replaces this one with another port.
  name        = "${trimsuffix(substr("${local.short}-${each.key}", 0, 25), "-")}-${substr(sha1("${local.name} ${each.key} ${each.value.entry.port}"), 0, 6)}"
  vpc_id      = local.vpc_id
  target_type = "ip"
  port        = each.value.entry.port
  protocol    = "TCP"

  # A task that dials this load balancer and comes back to itself would wait for ever if addresses were preserved, and
  # two connections of one client over two zones can look like one. nginx logs the load balancer's address instead.
  preserve_client_ip = false

  # ECS waits for this long before it stops a task: the load balancer goes on sending new connections meanwhile.
  deregistration_delay   = local.timings.deregistration
  connection_termination = false

  # nginx that finishes its calls takes no new connections, which looks unhealthy: its open ones live on.
  target_health_state {
    enable_unhealthy_connection_termination = false
    unhealthy_draining_interval             = local.timings.deregistration
  }

  # Of gRPC it can ask nothing: whether servers answer is what the containers' own checks find out, and ECS acts upon.
  health_check {
    protocol            = "TCP"
    port                = "traffic-port"
    interval            = local.timings.health_interval
    timeout             = local.timings.health_timeout
    healthy_threshold   = local.timings.healthy
    unhealthy_threshold = local.timings.unhealthy
  }

  tags = { Workload = each.key }

  lifecycle {
    create_before_destroy = true
  }
}
