# The function writes one line an attempt; whatever has an outcome is one.
resource "google_logging_metric" "attempts" {
  project     = var.project_id
  name        = "${var.name}/attempts"
  description = "Attempts of ${var.name} to sync a message, by handler and outcome."
  filter      = "${local.of_functions} AND jsonPayload.outcome:*"
  depends_on  = [google_project_service.needed]

  label_extractors = {
    handler = "EXTRACT(jsonPayload.handler)"
    outcome = "EXTRACT(jsonPayload.outcome)"
  }

  metric_descriptor {
    metric_kind = "DELTA"
    value_type  = "INT64"
    unit        = "1"

    labels {
      key         = "handler"
      description = "Handler that took the message; empty when none did."
    }

    labels {
      key         = "outcome"
      description = "synced, ignored, gone or failed."
    }
  }
}

# How events went to Klaviyo: one by one, in bulk, and in how many requests in bulk.
resource "google_logging_metric" "events" {
  for_each = toset(["single", "bulk", "bulkRequests"])

  project         = var.project_id
  name            = "${var.name}/events/${each.key}"
  description     = "Of an attempt of ${var.name}: its events that went to Klaviyo one by one, those in bulk, or the requests in bulk."
  filter          = "${local.of_functions} AND jsonPayload.events.${each.key}>0"
  value_extractor = "EXTRACT(jsonPayload.events.${each.key})"
  depends_on      = [google_project_service.needed]

  metric_descriptor {
    metric_kind = "DELTA"
    value_type  = "DISTRIBUTION"
    unit        = "1"
  }
}

resource "google_monitoring_notification_channel" "email" {
  for_each = var.alert_emails

  project      = var.project_id
  display_name = "${var.name}: ${each.key}"
  type         = "email"
  labels       = { email_address = each.key }
  user_labels  = var.labels
  depends_on   = [google_project_service.needed]
}

locals {
  of = { for lane, settings in local.lanes : lane => {
    function    = "resource.type=\"cloud_run_revision\" AND resource.labels.service_name=\"${settings.name}\""
    topic       = "resource.type=\"pubsub_topic\" AND resource.labels.topic_id=\"${google_pubsub_topic.source[lane].name}\""
    source      = "resource.type=\"pubsub_subscription\" AND resource.labels.subscription_id=\"${local.source_subscriptions[lane]}\""
    dead_letter = "resource.type=\"pubsub_subscription\" AND resource.labels.subscription_id=\"${google_pubsub_subscription.dead_letter[lane].name}\""
  } }

  # In the log: any of the functions.
  function_names = [for lane in values(local.lanes) : "\"${lane.name}\""]
  of_functions   = "resource.type=\"cloud_run_revision\" AND resource.labels.service_name=${var.lanes == 1 ? local.function_names[0] : "(${join(" OR ", local.function_names)})"}"

  channels = concat(
    [for channel in google_monitoring_notification_channel.email : channel.name],
    tolist(var.notification_channels),
  )
}
