environment = "prod"
hostname    = "atlas.example.com"

scale = { min = 3, max = 12 }

# Tags that one VPC has, and no other.
vpc_tags = { Name = "main" }
