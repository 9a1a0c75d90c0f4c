locals {
  # The Logs Explorer takes %20 for a space, and a plus for a plus.
  failed_attempts = replace(urlencode("${local.of_functions} AND jsonPayload.outcome=\"failed\""), "+", "%20")

  by_lane = { for lane in keys(local.lanes) : lane => {
    function_name            = google_cloudfunctions2_function.sync[lane].name
    function_uri             = local.function_uris[lane]
    topic                    = google_pubsub_topic.source[lane].id
    source_subscription      = "projects/${var.project_id}/subscriptions/${local.source_subscriptions[lane]}"
    dead_letter_topic        = google_pubsub_topic.dead_letter[lane].id
    dead_letter_subscription = google_pubsub_subscription.dead_letter[lane].id
    resource_types           = [for type in keys(local.switched_on) : type if local.lane_of[type] == lane]
  } }
}

output "lanes" {
  description = "For each lane the six names that follow, and the resource types that commercetools reports to it."
  value       = local.by_lane
}

output "function_name" {
  description = "Name of the function and of its Cloud Run service; like the five that follow, of the first lane."
  value       = local.by_lane.orders.function_name
}

output "function_uri" {
  description = "Address of the function. Answers only Pub/Sub and Eventarc of this project."
  value       = local.by_lane.orders.function_uri
}

output "topic" {
  description = "Topic that commercetools publishes to."
  value       = local.by_lane.orders.topic
}

output "source_subscription" {
  description = "Subscription that delivers to the function, Eventarc's own with trigger = \"eventarc\"."
  value       = local.by_lane.orders.source_subscription
}

output "dead_letter_topic" {
  description = "Topic of the messages that were given up."
  value       = local.by_lane.orders.dead_letter_topic
}

output "dead_letter_subscription" {
  description = "Subscription that keeps the messages that were given up, for 31 days."
  value       = local.by_lane.orders.dead_letter_subscription
}

output "retry_window_seconds" {
  description = "How long a failing message is tried before it is given up, in seconds, without the time of the attempts."
  value       = local.retry_window_seconds
}

output "runtime_service_account" {
  description = "E-mail of the account that the function of each lane runs as."
  value       = google_service_account.runtime.email
}

output "push_service_account" {
  description = "E-mail of the account that invokes the function of each lane."
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

output "history_commands" {
  description = "The command that starts each job of history that there is, by hand."
  value       = { for job, resource in google_cloud_run_v2_job.history : job => "gcloud run jobs execute ${resource.name} --project=${var.project_id} --region=${var.region}" }
}

output "dashboard_url" {
  description = "The dashboard in Cloud Monitoring."
  value       = "https://console.cloud.google.com/monitoring/dashboards/builder/${basename(google_monitoring_dashboard.sync.id)}?project=${var.project_id}"
}

output "logs_url" {
  description = "The failed attempts in Cloud Logging."
  value       = "https://console.cloud.google.com/logs/query;query=${local.failed_attempts}?project=${var.project_id}"
}
