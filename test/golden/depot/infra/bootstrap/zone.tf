# The hosted zone. Until its parent delegates to its name servers nobody finds what is in it: docs/runbook.md.

resource "aws_route53_zone" "this" {
  #checkov:skip=CKV2_AWS_38:DNSSEC needs the parent zone's help; turn it on together with that
  #checkov:skip=CKV2_AWS_39:queries for one public name tell nothing that access logs do not
  name    = local.zone
  comment = "${local.project}: made by infra/bootstrap"

  # A new one would have other name servers, and nobody would find it before the parent delegates anew.
  lifecycle {
    prevent_destroy = true
  }
}

locals {
  zone_arn     = aws_route53_zone.this.arn
  name_servers = aws_route53_zone.this.name_servers
}
