# The hosted zone that is there already.

data "aws_route53_zone" "this" {
  name         = local.zone
  private_zone = false
}

locals {
  zone_arn     = data.aws_route53_zone.this.arn
  name_servers = data.aws_route53_zone.this.name_servers
}
