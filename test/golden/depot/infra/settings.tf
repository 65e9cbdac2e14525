# What this repo was asked for: the answers of grpc-aws.json, and the services of proto/. The other .tf files are the
# same in every repo.
locals {
  project = "depot"
  region  = "eu-central-1"

  # The hosted zone in Route 53 that holds the hostname of every environment (environments/*.tfvars).
  zone = "depot.example.com"

  # false: clients come over the internet. true: only from inside the network.
  internal = true

  # X86_64 or ARM64: what the images are built for and what Fargate runs them on.
  architecture = "ARM64"

  # firelens: a log router parses each line and adds what ECS knows. awslogs: lines as they are, without a sidecar.
  logs = "firelens"

  # The workload that answers server reflection, for the whole repo; null: nobody does.
  reflection = "fleet"

  # Traces and metrics leave through an OpenTelemetry collector in each task.
  telemetry = true

  # Alarms, and a topic that they report to.
  alarms = true

  workloads = {
    "fleet" = {
      cpu    = 1024
      memory = 3072
      services = [
        "billing.Empty",
        "billing.Invoices",
        "billing.Payments",
        "fleet.v1.VehicleService",
        "fleet.v1.parts.WheelService",
        "parts.PartsService",
      ]
      secrets = {
        "DATABASE_URL" = { from = "secretsmanager", name = "fleet/database-url" }
        "MAPS_KEY"     = { from = "ssm", name = "maps-key" }
      }
    }
    "library" = {
      cpu    = 512
      memory = 1024
      services = [
        "library.v1.LibraryService",
      ]
      secrets = {
        "API_KEY" = { from = "ssm", name = "library/api-key" }
      }
    }
    "greeter" = {
      cpu    = 256
      memory = 1024
      services = [
        "greeter.v1.GreeterService",
      ]
      secrets = {
      }
    }
  }
}
