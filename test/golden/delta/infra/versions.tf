terraform {
  required_version = ">= 1.10"

  required_providers {
    aws = {
      source  = "hashicorp/aws"
      version = ">= 5.80, < 7.0"
    }
  }

  # The rest is in environments/<environment>.backend.hcl; the bucket's name holds the account and comes from the command.
  backend "s3" {}
}

provider "aws" {
  region = local.region

  default_tags {
    tags = {
      Project     = local.project
      Environment = var.environment
      ManagedBy   = "terraform"
    }
  }
}

data "aws_caller_identity" "current" {}
data "aws_partition" "current" {}

locals {
  account   = data.aws_caller_identity.current.account_id
  partition = data.aws_partition.current.partition

  name = "${local.project}-${var.environment}"

  # AWS allows load balancers and target groups 32 characters; a longer name keeps its beginning and gets a hash.
  short = length(local.name) <= 24 ? local.name : "${trimsuffix(substr(local.name, 0, 17), "-")}-${substr(sha1(local.name), 0, 6)}"
}
