environment = "prod"
hostname    = "grpc.depot.example.com"

scale = { min = 3, max = 12 }

vpc_cidr = "10.2.0.0/16"
zones    = 3
nat      = "zonal"
