variable "github_subject_prefix" {
  description = "How GitHub begins the subject of this repo's tokens: gh api repos/OWNER/REPO/actions/oidc/customization/sub --jq .sub_claim_prefix"
  type        = string

  validation {
    condition     = can(regex("^repo:[^/:*?]+/[^/:*?]+$", var.github_subject_prefix))
    error_message = "repo:OWNER/REPO, or repo:OWNER@ID/REPO@ID for a newer repo; no wildcards."
  }
}

variable "create_oidc_provider" {
  description = "false if the account has GitHub's OIDC provider already: there can be only one."
  type        = bool
  default     = true
}

variable "task_actions" {
  description = "What servers of this repo may be allowed beside logs, traces and their secrets, such as dynamodb:*Item. Their own policies still have to say so."
  type        = list(string)
  default     = []
}
