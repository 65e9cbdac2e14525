# terraform init -backend-config=environments/prod.backend.hcl -backend-config="bucket=$TF_STATE_BUCKET"
key          = "prod.tfstate"
region       = "eu-west-1"
use_lockfile = true
# No `encrypt` here: it would ask for SSE-S3, while the bucket encrypts with a key of its own by default.
