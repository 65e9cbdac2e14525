# What the one task of this repo holds, and how much of it each container gets: made from grpc-aws.json, as settings.tf is.

locals {
  task = {
    # A size that Fargate has, with room for what follows and the sidecars.
    cpu    = 512
    memory = 2048

    # Containers of a task share its addresses, so each server has ports of its own. Those of gRPC stand in
    # edge/nginx.conf too, and so does nginx's.
    servers = [
      { name = "harbor", port = 8080, metrics_port = 9464 },
    ]

    nginx = { port = 10080, cpu = 256, memory = 512 }
  }
}
