# What this repo was asked for: the answers of grpc-aws.json. The other .tf files are the same in every repo.
locals {
  project      = "delta"
  region       = "us-east-1"
  zone         = "example.com"
  images       = ["silt", "reeds", "edge_nginx"]
  environments = ["prod"]
}
