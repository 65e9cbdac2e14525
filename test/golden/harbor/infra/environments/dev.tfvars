environment = "dev"
hostname    = "dev.grpc.example.com"

scale               = { min = 1, max = 2 }
log_level           = "debug"
log_retention_days  = 30
deletion_protection = false

vpc_cidr = "10.0.0.0/16"
zones    = 2
nat      = "single"
