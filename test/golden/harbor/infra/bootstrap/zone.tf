# The hosted zone that is there already.

data "aws_route53_zone" "this" {
  name         = local.zone
  private_zone = false
}

# If this repo made the zone before it was said to be there already: from now on it is left alone, not destroyed.
removed {
  from = aws_route53_zone.this

  lifecycle {
    destroy = false
  }
}

locals {
  zone_arn     = data.aws_route53_zone.this.arn
  name_servers = data.aws_route53_zone.this.name_servers
}
