# What this repo was asked for: the answers of grpc-aws.json, and the services of proto/. The other .tf files are the
# same in every repo.
locals {
  project = "delta"
  region  = "us-east-1"

  # The hosted zone in Route 53 that holds the hostname of every environment (environments/*.tfvars).
  zone = "example.com"

  # false: clients come over the internet. true: only from inside the network.
  internal = false

  # X86_64 or ARM64: what the images are built for and what Fargate runs them on.
  architecture = "X86_64"

  # firelens: a log router parses each line and adds what ECS knows. awslogs: lines as they are, without a sidecar.
  logs = "awslogs"

  # The workload that answers server reflection, for the whole repo; null: nobody does.
  reflection = null

  # Traces and metrics leave through an OpenTelemetry collector in each task.
  telemetry = true

  # Alarms, and a topic that they report to.
  alarms = true

  workloads = {
    "silt" = {
      cpu    = 256
      memory = 1024
      services = [
        "silt.v1.SiltService",
      ]
      secrets = {
      }
    }
    "reeds" = {
      cpu    = 256
      memory = 1024
      services = [
        "reeds.v1.ReedsService",
      ]
      secrets = {
      }
    }
  }
}
