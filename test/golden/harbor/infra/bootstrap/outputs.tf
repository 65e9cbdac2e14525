output "state_bucket" {
  description = "terraform init -backend-config=bucket=..."
  value       = aws_s3_bucket.state.bucket
}

output "name_servers" {
  description = "Where the parent of the zone has to delegate to."
  value       = local.name_servers
}

output "repositories" {
  description = "By image, where it is pushed."
  value       = { for name, repository in aws_ecr_repository.workload : name => repository.repository_url }
}

output "github_variables" {
  description = "What the workflow reads; none of it is a secret. docs/runbook.md sets them."
  value = {
    AWS_PLAN_ROLE       = aws_iam_role.github["plan"].arn
    AWS_IMAGES_ROLE     = aws_iam_role.github["images"].arn
    AWS_DEPLOY_ROLE_FOR = { for environment in local.environments : environment => aws_iam_role.github["deploy-${environment}"].arn }
    TF_STATE_BUCKET     = aws_s3_bucket.state.bucket
  }
}
