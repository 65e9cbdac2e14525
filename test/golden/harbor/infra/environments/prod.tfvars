environment = "prod"
hostname    = "grpc.example.com"

scale = { min = 3, max = 12 }

vpc_cidr = "10.1.0.0/16"
zones    = 3
nat      = "zonal"
