# Applied once for each account, by a person: what the pipeline needs before it can do anything.
terraform {
  required_version = ">= 1.10"

  required_providers {
    aws = {
      source = "hashicorp/aws"
      # 5.81 is the first that asks for no thumbprint of GitHub's certificate.
      version = ">= 5.81, < 7.0"
    }
  }

  # Its own key in the bucket that it makes. The very first apply keeps its state in a file beside this one, and moves
  # it into the bucket afterwards: docs/runbook.md has both commands.
  backend "s3" {}
}

provider "aws" {
  region = local.region

  default_tags {
    tags = {
      Project   = local.project
      ManagedBy = "terraform"
      Root      = "bootstrap"
    }
  }
}

data "aws_caller_identity" "current" {}
data "aws_partition" "current" {}

locals {
  account   = data.aws_caller_identity.current.account_id
  partition = data.aws_partition.current.partition

  # As in ../versions.tf: by environment, the names of its resources and their short form.
  names = { for environment in local.environments : environment => "${local.project}-${environment}" }
  shorts = {
    for environment, name in local.names :
    environment => length(name) <= 24 ? name : "${trimsuffix(substr(name, 0, 17), "-")}-${substr(sha1(name), 0, 6)}"
  }
  # A bucket's name has 63 characters at most, and no second one in the world.
  project_short = length(local.project) <= 24 ? local.project : "${trimsuffix(substr(local.project, 0, 17), "-")}-${substr(sha1(local.project), 0, 6)}"
}
