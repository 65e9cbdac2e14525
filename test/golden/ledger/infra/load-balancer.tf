# The edge: TLS ends here, and calls go on to the servers as cleartext HTTP/2.

locals {
  # Where a server listens inside its task.
  grpc_port = 8080

  # How one dials it: with this repo's own client, and with grpcurl.
  dialled = { call = "--tls --address ${var.hostname}:443", grpcurl = "${var.hostname}:443" }
}

resource "aws_lb" "this" {
  #checkov:skip=CKV2_AWS_28:a web ACL is the owner's choice (web_acl_arn): its rules do not understand gRPC's framing
  #checkov:skip=CKV2_AWS_76:the servers are Node.js; there is no Log4j behind it
  #checkov:skip=CKV2_AWS_20:there is no listener on port 80 to redirect from; no gRPC client asks there
  name               = local.short
  load_balancer_type = "application"
  internal           = local.internal
  subnets            = local.internal ? local.private_subnets : local.public_subnets
  security_groups    = [aws_security_group.alb.id]

  # Without it clients would get no HTTP/2, and so no gRPC.
  enable_http2               = true
  idle_timeout               = local.timings.edge_idle
  client_keep_alive          = local.timings.client_keep_alive
  drop_invalid_header_fields = true
  enable_deletion_protection = var.deletion_protection

  access_logs {
    enabled = true
    bucket  = aws_s3_bucket.access_logs.bucket
  }

  # The load balancer tries the bucket when it is told of it.
  depends_on = [aws_s3_bucket_policy.access_logs]
}

resource "aws_lb_listener" "grpc" {
  load_balancer_arn = aws_lb.this.arn
  # AWS refuses a GRPC target group behind a listener without TLS.
  port            = 443
  protocol        = "HTTPS"
  ssl_policy      = "ELBSecurityPolicy-TLS13-1-2-Res-PQ-2025-09"
  certificate_arn = aws_acm_certificate_validation.this.certificate_arn

  # What no rule takes: gRPC clients read 404 as UNIMPLEMENTED, which is what a server says of a service it has not.
  default_action {
    type = "fixed-response"

    fixed_response {
      content_type = "text/plain"
      message_body = "no such gRPC service"
      status_code  = "404"
    }
  }
}

resource "aws_lb_target_group" "workload" {
  #checkov:skip=CKV_AWS_378:TLS ends at the load balancer; servers take cleartext HTTP/2, from its security group alone
  for_each = local.tasks

  # AWS allows 32 characters. The hash tells apart what is cut off, and a group that replaces this one with another port.
  name             = "${trimsuffix(substr("${local.short}-${each.key}", 0, 25), "-")}-${substr(sha1("${local.name} ${each.key} ${local.grpc_port}"), 0, 6)}"
  vpc_id           = local.vpc_id
  target_type      = "ip"
  port             = local.grpc_port
  protocol         = "HTTP"
  protocol_version = "GRPC"

  # A replica with many open streams gets fewer new calls than an idle one.
  load_balancing_algorithm_type = "least_outstanding_requests"
  deregistration_delay          = local.timings.deregistration

  # The defaults, /AWS.ALB/healthcheck and code 12, are met by any server that is alive, ready or not. A load balancer
  # reads the code alone, so src/server/health.ts answers it UNAVAILABLE for as long as it is not serving.
  health_check {
    protocol            = "HTTP"
    path                = "/grpc.health.v1.Health/Check"
    matcher             = "0"
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

resource "aws_wafv2_web_acl_association" "this" {
  count = var.web_acl_arn == null ? 0 : 1

  resource_arn = aws_lb.this.arn
  web_acl_arn  = var.web_acl_arn
}

variable "web_acl_arn" {
  description = "A WAF web ACL of this region to put in front; null: none."
  type        = string
  default     = null
}
