# The name clients dial. The zone itself is made or looked up by bootstrap/.

data "aws_route53_zone" "this" {
  name         = local.zone
  private_zone = false
}

resource "aws_route53_record" "hostname" {
  zone_id = data.aws_route53_zone.this.zone_id
  name    = var.hostname
  type    = "A"

  alias {
    name                   = aws_lb.this.dns_name
    zone_id                = aws_lb.this.zone_id
    evaluate_target_health = true
  }
}
