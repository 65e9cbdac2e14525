# What differs between environments: environments/<environment>.tfvars. Those of the network stand in network.tf.

variable "environment" {
  description = "Its name: part of every resource's name."
  type        = string

  validation {
    condition     = can(regex("^[a-z][a-z0-9]{0,15}$", var.environment))
    error_message = "1 to 16 lower-case letters and digits, a letter first."
  }
}

variable "hostname" {
  description = "What clients dial. It lies in local.zone and gets a certificate and a record there."
  type        = string

  validation {
    condition     = var.hostname == local.zone || endswith(var.hostname, ".${local.zone}")
    error_message = "The hostname must lie in the zone of settings.tf."
  }
}

variable "image_tag" {
  description = "The commit whose images run: the full hash, as the workflow tags them."
  type        = string

  validation {
    condition     = can(regex("^[0-9a-f]{40}$", var.image_tag))
    error_message = "The full hash of a commit: git rev-parse HEAD"
  }
}

variable "scale" {
  description = "How many tasks of each kind run, at least and at most."
  type        = object({ min = number, max = number })
  default     = { min = 2, max = 6 }

  validation {
    condition     = 1 <= var.scale.min && var.scale.min <= var.scale.max
    error_message = "1 <= min <= max."
  }
}

variable "log_level" {
  description = "LOG_LEVEL of the servers."
  type        = string
  default     = "info"
}

variable "log_retention_days" {
  description = "How long logs are kept."
  type        = number
  default     = 365
}

variable "deletion_protection" {
  description = "Whether the load balancer refuses to be destroyed, and a bucket of its logs if it has one."
  type        = bool
  default     = true
}

variable "allowed_cidrs" {
  description = "Who may dial. Empty: everybody if the load balancer faces the internet, else the network itself."
  type        = list(string)
  default     = []
}

variable "task_egress" {
  description = "Where tasks may connect to, beside HTTPS (AWS itself): a database's port and range, for example."
  type        = map(object({ port = number, cidr = string }))
  default     = {}
}

variable "secret_key_arns" {
  description = "KMS keys of your own that secrets are encrypted with; AWS's own keys need no mention."
  type        = list(string)
  default     = []
}

variable "alarm_emails" {
  description = "Who hears of alarms; each address has to confirm once. Other listeners subscribe to the topic."
  type        = set(string)
  default     = []
}
