# A network of its own: public subnets for the load balancer, private ones for tasks, in two or three zones.

variable "vpc_cidr" {
  description = "The network's range, from /16 to /19; no two environments should share it."
  type        = string
  default     = "10.0.0.0/16"

  validation {
    condition     = can(cidrnetmask(var.vpc_cidr)) && try(tonumber(split("/", var.vpc_cidr)[1]) >= 16 && tonumber(split("/", var.vpc_cidr)[1]) <= 19, false)
    error_message = "An IPv4 range from /16 to /19: 10.0.0.0/16"
  }
}

variable "zones" {
  description = "How many availability zones: two at least, a load balancer refuses fewer."
  type        = number
  default     = 2

  validation {
    condition     = contains([2, 3], var.zones)
    error_message = "2 or 3."
  }
}

variable "zone_names" {
  description = "Which ones: eu-west-1a and so on. Empty takes the first; name them once something runs there, for a zone that AWS adds later could come before them."
  type        = list(string)
  default     = []

  validation {
    condition     = length(var.zone_names) == 0 || length(distinct(var.zone_names)) == var.zones
    error_message = "As many names as zones."
  }
}

variable "nat" {
  description = "single: one gateway, which goes down with its zone. zonal: one in each. none: no way out but endpoints."
  type        = string
  default     = "single"

  validation {
    condition     = contains(["single", "zonal", "none"], var.nat)
    error_message = "single, zonal or none."
  }

  validation {
    condition     = var.nat != "none" || length(setsubtract(["ecr.api", "ecr.dkr", "logs"], var.interface_endpoints)) == 0
    error_message = "Without NAT, interface_endpoints must hold ecr.api, ecr.dkr and logs: tasks could not start."
  }

  validation {
    condition     = var.nat != "none" || !anytrue([for image in values(local.sidecar_images) : startswith(image, "public.ecr.aws/")])
    error_message = "Without NAT the sidecars' images are out of reach: copy them to your registry and name them in sidecars.tf."
  }
}

variable "interface_endpoints" {
  description = "AWS services to reach without NAT, such as ecr.api, ecr.dkr, logs, secretsmanager, ssm, xray. Each costs by the hour and zone."
  type        = set(string)
  default     = []
}

data "aws_availability_zones" "this" {
  #checkov:skip=CKV_AWS_394:the first ones are taken, and zone_names pins them
  state = "available"

  # Not local zones and the like: load balancers and Fargate are not in all of them.
  filter {
    name   = "opt-in-status"
    values = ["opt-in-not-required"]
  }

  lifecycle {
    postcondition {
      condition     = length(self.names) >= var.zones && length(setsubtract(var.zone_names, self.names)) == 0
      error_message = "zones = ${var.zones}${length(var.zone_names) > 0 ? ", zone_names = ${join(", ", var.zone_names)}" : ""}: in ${local.region} this account has ${join(", ", sort(self.names))}."
    }
  }
}

locals {
  zone_names = length(var.zone_names) > 0 ? sort(var.zone_names) : slice(sort(data.aws_availability_zones.this.names), 0, var.zones)
  zone_index = { for index, zone in local.zone_names : zone => index }
  first_zone = one([for zone, index in local.zone_index : zone if index == 0])
  nat_zones  = { single = toset([local.first_zone]), zonal = toset(keys(local.zone_index)), none = toset([]) }[var.nat]

  # What the other files know of the network.
  vpc_id          = aws_vpc.this.id
  vpc_cidrs       = [aws_vpc.this.cidr_block]
  public_subnets  = [for zone in sort(keys(local.zone_index)) : aws_subnet.public[zone].id]
  private_subnets = [for zone in sort(keys(local.zone_index)) : aws_subnet.private[zone].id]
}

resource "aws_vpc" "this" {
  cidr_block           = var.vpc_cidr
  enable_dns_support   = true
  enable_dns_hostnames = true

  tags = { Name = local.name }
}

# The group that anything without one of its own would get: it lets nothing through.
resource "aws_default_security_group" "this" {
  vpc_id = aws_vpc.this.id

  tags = { Name = "${local.name}-default" }
}

resource "aws_internet_gateway" "this" {
  vpc_id = aws_vpc.this.id

  tags = { Name = local.name }
}

resource "aws_subnet" "public" {
  for_each = local.zone_index

  vpc_id                  = aws_vpc.this.id
  availability_zone       = each.key
  cidr_block              = cidrsubnet(var.vpc_cidr, 8, 192 + each.value)
  map_public_ip_on_launch = false

  tags = { Name = "${local.name}-public-${each.key}", Tier = "public" }
}

resource "aws_subnet" "private" {
  for_each = local.zone_index

  vpc_id                  = aws_vpc.this.id
  availability_zone       = each.key
  cidr_block              = cidrsubnet(var.vpc_cidr, 4, each.value)
  map_public_ip_on_launch = false

  tags = { Name = "${local.name}-private-${each.key}", Tier = "private" }
}

resource "aws_route_table" "public" {
  vpc_id = aws_vpc.this.id

  tags = { Name = "${local.name}-public" }
}

resource "aws_route" "internet" {
  route_table_id         = aws_route_table.public.id
  destination_cidr_block = "0.0.0.0/0"
  gateway_id             = aws_internet_gateway.this.id
}

resource "aws_route_table_association" "public" {
  for_each = aws_subnet.public

  subnet_id      = each.value.id
  route_table_id = aws_route_table.public.id
}

resource "aws_eip" "nat" {
  for_each = local.nat_zones

  domain = "vpc"

  tags = { Name = "${local.name}-nat-${each.key}" }

  depends_on = [aws_internet_gateway.this]
}

resource "aws_nat_gateway" "this" {
  for_each = local.nat_zones

  allocation_id = aws_eip.nat[each.key].id
  subnet_id     = aws_subnet.public[each.key].id

  tags = { Name = "${local.name}-${each.key}" }

  depends_on = [aws_internet_gateway.this]
}

# One for each zone even with a single gateway: going zonal later changes a route, not the subnets' tables.
resource "aws_route_table" "private" {
  for_each = local.zone_index

  vpc_id = aws_vpc.this.id

  tags = { Name = "${local.name}-private-${each.key}" }
}

resource "aws_route" "nat" {
  for_each = var.nat == "none" ? {} : local.zone_index

  route_table_id         = aws_route_table.private[each.key].id
  destination_cidr_block = "0.0.0.0/0"
  nat_gateway_id         = aws_nat_gateway.this[var.nat == "zonal" ? each.key : local.first_zone].id
}

resource "aws_route_table_association" "private" {
  for_each = aws_subnet.private

  subnet_id      = each.value.id
  route_table_id = aws_route_table.private[each.key].id
}

# Free, and the layers of every image come from S3: without it they pass the NAT gateway, which charges by the byte.
resource "aws_vpc_endpoint" "s3" {
  vpc_id            = aws_vpc.this.id
  service_name      = "com.amazonaws.${local.region}.s3"
  vpc_endpoint_type = "Gateway"
  route_table_ids   = [for table in aws_route_table.private : table.id]

  tags = { Name = "${local.name}-s3" }
}

resource "aws_vpc_endpoint" "interface" {
  for_each = var.interface_endpoints

  vpc_id              = aws_vpc.this.id
  service_name        = "com.amazonaws.${local.region}.${each.key}"
  vpc_endpoint_type   = "Interface"
  private_dns_enabled = true
  subnet_ids          = local.private_subnets
  security_group_ids  = [aws_security_group.endpoints[0].id]

  tags = { Name = "${local.name}-${each.key}" }
}

resource "aws_security_group" "endpoints" {
  count = length(var.interface_endpoints) > 0 ? 1 : 0

  name_prefix = "${local.short}-endpoints-"
  description = "Interface endpoints: HTTPS from tasks"
  vpc_id      = aws_vpc.this.id

  tags = { Name = "${local.name}-endpoints" }

  lifecycle {
    create_before_destroy = true
  }
}

resource "aws_vpc_security_group_ingress_rule" "endpoints_from_tasks" {
  for_each = length(var.interface_endpoints) > 0 ? local.tasks : {}

  security_group_id            = aws_security_group.endpoints[0].id
  description                  = "HTTPS from ${each.key}"
  ip_protocol                  = "tcp"
  from_port                    = 443
  to_port                      = 443
  referenced_security_group_id = aws_security_group.tasks[each.key].id
}

# Who talked to whom, for the day when somebody has to know.
resource "aws_flow_log" "this" {
  vpc_id                   = aws_vpc.this.id
  traffic_type             = "ALL"
  log_destination_type     = "cloud-watch-logs"
  log_destination          = aws_cloudwatch_log_group.flow.arn
  iam_role_arn             = aws_iam_role.flow.arn
  max_aggregation_interval = 600

  tags = { Name = local.name }
}

resource "aws_cloudwatch_log_group" "flow" {
  name              = "/${local.project}/${var.environment}/network/flow"
  retention_in_days = var.log_retention_days
  kms_key_id        = data.aws_kms_alias.logs.target_key_arn
}

resource "aws_iam_role" "flow" {
  name                 = "${local.short}-flow-logs"
  assume_role_policy   = data.aws_iam_policy_document.assume_flow.json
  permissions_boundary = local.permissions_boundary
}

data "aws_iam_policy_document" "assume_flow" {
  statement {
    actions = ["sts:AssumeRole"]

    principals {
      type        = "Service"
      identifiers = ["vpc-flow-logs.amazonaws.com"]
    }

    # Only on behalf of this account.
    condition {
      test     = "StringEquals"
      variable = "aws:SourceAccount"
      values   = [local.account]
    }
  }
}

resource "aws_iam_role_policy" "flow" {
  name   = "logs"
  role   = aws_iam_role.flow.id
  policy = data.aws_iam_policy_document.flow.json
}

data "aws_iam_policy_document" "flow" {
  statement {
    actions   = ["logs:CreateLogStream", "logs:PutLogEvents", "logs:DescribeLogStreams"]
    resources = ["${local.log_groups}/network/flow:*"]
  }

  statement {
    actions   = ["logs:DescribeLogGroups"]
    resources = ["arn:${local.partition}:logs:${local.region}:${local.account}:log-group:*"]
  }
}
