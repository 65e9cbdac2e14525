# What this repo was asked for: the answers of grpc-aws.json. The other .tf files are the same in every repo.
locals {
  project      = "depot"
  region       = "eu-central-1"
  zone         = "depot.example.com"
  images       = ["fleet", "library", "greeter"]
  environments = ["dev", "staging", "prod"]
}
