# A repository for each image of this repo, shared by the environments: what ran in dev is what runs in prod.

resource "aws_ecr_repository" "workload" {
  for_each = toset(local.images)

  name = "${local.project}/${each.key}"
  # A tag is a commit: what it means never changes.
  image_tag_mutability = "IMMUTABLE"

  image_scanning_configuration {
    scan_on_push = true
  }

  encryption_configuration {
    encryption_type = "KMS"
  }
}

resource "aws_ecr_lifecycle_policy" "workload" {
  for_each = aws_ecr_repository.workload

  repository = each.value.name
  policy = jsonencode({
    rules = [
      {
        rulePriority = 1
        description  = "what no tag names"
        selection    = { tagStatus = "untagged", countType = "sinceImagePushed", countUnit = "days", countNumber = 7 }
        action       = { type = "expire" }
      },
      {
        rulePriority = 2
        description  = "all but the newest hundred: as far back as one can roll"
        selection    = { tagStatus = "any", countType = "imageCountMoreThan", countNumber = 100 }
        action       = { type = "expire" }
      },
    ]
  })
}
