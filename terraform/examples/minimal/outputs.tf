# What an operator asks for with `terraform output`: all that the module gives, one by one.

output "lanes" {
  value = module.klaviyo_sync.lanes
}

output "function_name" {
  value = module.klaviyo_sync.function_name
}

output "function_uri" {
  value = module.klaviyo_sync.function_uri
}

output "topic" {
  value = module.klaviyo_sync.topic
}

output "source_subscription" {
  value = module.klaviyo_sync.source_subscription
}

output "dead_letter_topic" {
  value = module.klaviyo_sync.dead_letter_topic
}

output "dead_letter_subscription" {
  value = module.klaviyo_sync.dead_letter_subscription
}

output "retry_window_seconds" {
  value = module.klaviyo_sync.retry_window_seconds
}

output "runtime_service_account" {
  value = module.klaviyo_sync.runtime_service_account
}

output "push_service_account" {
  value = module.klaviyo_sync.push_service_account
}

output "commercetools_subscriptions" {
  value = module.klaviyo_sync.commercetools_subscriptions
}

output "commercetools_scopes" {
  value = module.klaviyo_sync.commercetools_scopes
}

output "commercetools_client_id" {
  value = module.klaviyo_sync.commercetools_client_id
}

output "secrets" {
  value = module.klaviyo_sync.secrets
}

output "history_commands" {
  value = module.klaviyo_sync.history_commands
}

output "dashboard_url" {
  value = module.klaviyo_sync.dashboard_url
}

output "logs_url" {
  value = module.klaviyo_sync.logs_url
}
