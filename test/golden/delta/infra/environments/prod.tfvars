environment = "prod"
hostname    = "delta.example.com"

scale = { min = 3, max = 12 }

# Who hears of alarms: addresses, each of which has to confirm once.
alarm_emails = []

vpc_cidr = "10.0.0.0/16"
zones    = 3
nat      = "zonal"
