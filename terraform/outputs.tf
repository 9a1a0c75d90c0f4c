locals {
  # The Logs Explorer takes %20 for a space, and a plus for a plus.
  failed_attempts = replace(urlencode("${local.of_function} AND jsonPayload.outcome=\"failed\""), "+", "%20")
}

output "function_name" {
  description = "Name of the function and of its Cloud Run service."
  value       = google_cloudfunctions2_function.sync.name
}

output "function_uri" {
  description = "Address of the function. Answers only Pub/Sub and Eventarc of this project."
  value       = local.function_uri
}

output "topic" {
  description = "Topic that commercetools publishes to."
  value       = google_pubsub_topic.source.id
}

output "source_subscription" {
  description = "Subscription that delivers to the function, Eventarc's own with trigger = \"eventarc\"."
  value       = "projects/${var.project_id}/subscriptions/${local.source_subscription}"
}

output "dead_letter_topic" {
  description = "Topic of the messages that were given up."
  value       = google_pubsub_topic.dead_letter.id
}

output "dead_letter_subscription" {
  description = "Subscription that keeps the messages that were given up, for 31 days."
  value       = google_pubsub_subscription.dead_letter.id
}

output "retry_window_seconds" {
  description = "How long a failing message is tried before it is given up, in seconds, without the time of the attempts."
  value       = local.retry_window_seconds
}

output "runtime_service_account" {
  description = "E-mail of the account that the function runs as."
  value       = google_service_account.runtime.email
}

output "push_service_account" {
  description = "E-mail of the account that invokes the function."
  value       = google_service_account.push.email
}

output "commercetools_subscriptions" {
  description = "Key of each commercetools subscription, by resource type."
  value       = { for type, subscription in commercetools_subscription.sync : type => subscription.key }
}

output "commercetools_scopes" {
  description = "Scopes that the function needs, for a client given from outside."
  value       = local.scopes
}

output "commercetools_client_id" {
  description = "Id of the API client that Terraform made; null when one was given."
  value       = one(commercetools_api_client.sync[*].id)
}

output "secrets" {
  description = "Secret and version behind each secret environment variable."
  value       = local.secrets
}

output "dashboard_url" {
  description = "The dashboard in Cloud Monitoring."
  value       = "https://console.cloud.google.com/monitoring/dashboards/builder/${basename(google_monitoring_dashboard.sync.id)}?project=${var.project_id}"
}

output "logs_url" {
  description = "The failed attempts in Cloud Logging."
  value       = "https://console.cloud.google.com/logs/query;query=${local.failed_attempts}?project=${var.project_id}"
}
