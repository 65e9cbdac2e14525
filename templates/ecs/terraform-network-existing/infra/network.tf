# The network that is there already: looked up by tags, never changed.

variable "vpc_tags" {
  description = "Tags that one VPC has, and no other: { Name = \"main\" }."
  type        = map(string)
}

variable "public_subnet_tags" {
  description = "Tags of its subnets with a route to the internet: the load balancer's, if it faces the internet."
  type        = map(string)
  default     = { Tier = "public" }
}

variable "private_subnet_tags" {
  description = "Tags of its private subnets: the tasks', which reach AWS from there by NAT or by endpoints."
  type        = map(string)
  default     = { Tier = "private" }
}

data "aws_vpc" "this" {
  tags = var.vpc_tags
}

data "aws_subnets" "public" {
  # An internal load balancer stands in the private ones; there may be no others.
  count = local.internal ? 0 : 1

  filter {
    name   = "vpc-id"
    values = [data.aws_vpc.this.id]
  }

  tags = var.public_subnet_tags

  lifecycle {
    postcondition {
      condition     = length(self.ids) >= 2
      error_message = "A load balancer needs public subnets in two zones; public_subnet_tags finds ${length(self.ids)} subnets."
    }
  }
}

data "aws_subnets" "private" {
  filter {
    name   = "vpc-id"
    values = [data.aws_vpc.this.id]
  }

  tags = var.private_subnet_tags

  lifecycle {
    postcondition {
      condition     = length(self.ids) >= 2
      error_message = "Tasks need private subnets in two zones; private_subnet_tags finds ${length(self.ids)} subnets."
    }
  }
}

locals {
  # What the other files know of the network.
  vpc_id          = data.aws_vpc.this.id
  vpc_cidrs       = [for association in data.aws_vpc.this.cidr_block_associations : association.cidr_block]
  public_subnets  = flatten(data.aws_subnets.public[*].ids)
  private_subnets = data.aws_subnets.private.ids
}
