# terraform init -backend-config=backend.hcl -backend-config="bucket=$TF_STATE_BUCKET"
key          = "bootstrap/terraform.tfstate"
region       = "us-east-1"
use_lockfile = true
