environment = "dev"
hostname    = "dev.grpc.depot.example.com"

scale               = { min = 1, max = 2 }
log_level           = "debug"
log_retention_days  = 30
deletion_protection = false

# Who hears of alarms: addresses, each of which has to confirm once.
alarm_emails = []

vpc_cidr = "10.0.0.0/16"
zones    = 2
nat      = "single"
