output "endpoint" {
  description = "What clients dial."
  value       = "${var.hostname}:${aws_lb_listener.grpc.port}"
}

output "call" {
  description = "How to call a service from this repo: add a method and a request."
  value       = "npm run call -- ${local.dialled.call} ${flatten(values(local.workloads)[*].services)[0]}/<Method> '{}'"
}

output "grpcurl" {
  description = "Lists the services, if reflection is on, or asks for an unknown one."
  value       = local.reflection == null ? "grpcurl ${local.dialled.grpcurl} no.such.Service/Method" : "grpcurl ${local.dialled.grpcurl} list"
}

output "load_balancer" {
  description = "The load balancer's own name, for when DNS is the question."
  value       = aws_lb.this.dns_name
}

output "cluster" {
  description = "For aws ecs commands: --cluster."
  value       = aws_ecs_cluster.this.name
}

output "image_tag" {
  description = "The commit that runs; plans of pull requests keep it."
  value       = var.image_tag
}

output "target_groups" {
  description = "By service of ECS, for aws elbv2 describe-target-health."
  value       = { for name, group in aws_lb_target_group.workload : name => group.arn }
}

output "log_groups" {
  description = "By image, for aws logs tail."
  value       = { for name, group in aws_cloudwatch_log_group.workload : name => group.name }
}

output "alarms_topic" {
  description = "Where alarms go; null without them."
  value       = one(aws_sns_topic.alarms[*].arn)
}
