# What this repo was asked for: the answers of grpc-aws.json. The other .tf files are the same in every repo.
locals {
  project      = "harbor"
  region       = "eu-west-1"
  zone         = "example.com"
  images       = ["harbor", "edge_nginx"]
  environments = ["dev", "prod"]
}
