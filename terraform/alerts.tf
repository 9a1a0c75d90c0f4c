# Each alert says what it means and what to do; docs/operations.md says more.

resource "google_monitoring_alert_policy" "dead_letter" {
  for_each = local.lanes

  project               = var.project_id
  display_name          = "${each.value.name}: a message was given up"
  severity              = "CRITICAL"
  combiner              = "OR"
  notification_channels = local.channels
  user_labels           = var.labels

  conditions {
    display_name = "A message went to the dead-letter topic"

    # How many came, not how many are kept: while some wait to be replayed, the next one is news all the same.
    condition_threshold {
      filter          = "${local.of[each.key].source} AND metric.type=\"pubsub.googleapis.com/subscription/dead_letter_message_count\""
      comparison      = "COMPARISON_GT"
      threshold_value = 0
      duration        = "0s"

      aggregations {
        alignment_period   = "60s"
        per_series_aligner = "ALIGN_DELTA"
      }
    }
  }

  # The metric has no points while nothing is given up, so only this ends an incident and lets the next one begin.
  alert_strategy {
    auto_close = "1800s"
  }

  documentation {
    content = <<-EOT
      After ${var.max_delivery_attempts} attempts Pub/Sub put a message into ${google_pubsub_subscription.dead_letter[each.key].name}. Klaviyo lacks what it says. It is kept for 31 days.
      `npm run dead-letter -- list` shows it and the likely reason; `replay` brings it back once that is mended. See docs/operations.md.
    EOT
  }
}

resource "google_monitoring_alert_policy" "oldest_message" {
  for_each = local.lanes

  project               = var.project_id
  display_name          = "${each.value.name}: messages are late"
  severity              = "WARNING"
  combiner              = "OR"
  notification_channels = local.channels
  user_labels           = var.labels

  conditions {
    display_name = "A message has waited more than ${var.alert_oldest_message_seconds} s"

    condition_threshold {
      filter          = "${local.of[each.key].source} AND metric.type=\"pubsub.googleapis.com/subscription/oldest_unacked_message_age\""
      comparison      = "COMPARISON_GT"
      threshold_value = var.alert_oldest_message_seconds
      duration        = "0s"

      aggregations {
        alignment_period   = "60s"
        per_series_aligner = "ALIGN_MAX"
      }
    }
  }

  documentation {
    content = <<-EOT
      A message in ${local.source_subscriptions[each.key]} is still not in Klaviyo. Either it alone fails again and again, or there are more than the function gets done.
      Nothing is lost yet: it is tried for about ${floor(local.retry_window_seconds / 3600)} hours and then kept as a dead letter. The failed attempts in the log say why. See docs/operations.md.
    EOT
  }
}

resource "google_monitoring_alert_policy" "error_ratio" {
  for_each = local.lanes

  project               = var.project_id
  display_name          = "${each.value.name}: attempts fail"
  severity              = "ERROR"
  combiner              = "OR"
  notification_channels = local.channels
  user_labels           = var.labels

  conditions {
    display_name = "More than ${var.alert_error_ratio * 100} % of the attempts fail"

    # Cloud Run's own count and not the log's: it also sees an instance that dies before it can log.
    condition_threshold {
      filter             = "${local.of[each.key].function} AND metric.type=\"run.googleapis.com/request_count\" AND metric.labels.response_code_class=\"5xx\""
      denominator_filter = "${local.of[each.key].function} AND metric.type=\"run.googleapis.com/request_count\""
      comparison         = "COMPARISON_GT"
      threshold_value    = var.alert_error_ratio
      duration           = "900s"

      aggregations {
        alignment_period     = "300s"
        per_series_aligner   = "ALIGN_DELTA"
        cross_series_reducer = "REDUCE_SUM"
      }

      denominator_aggregations {
        alignment_period     = "300s"
        per_series_aligner   = "ALIGN_DELTA"
        cross_series_reducer = "REDUCE_SUM"
      }
    }
  }

  documentation {
    content = <<-EOT
      Klaviyo or commercetools is down or slow, a deployment is bad, or one message cannot be synced.
      Every message is tried again for about ${floor(local.retry_window_seconds / 3600)} hours. `error.class` of the failed attempts in the log tells which it is. See docs/operations.md.
    EOT
  }
}

resource "google_monitoring_alert_policy" "credentials" {
  project               = var.project_id
  display_name          = "${var.name}: credentials are refused"
  severity              = "CRITICAL"
  combiner              = "OR"
  notification_channels = local.channels
  user_labels           = var.labels

  conditions {
    display_name = "Klaviyo or commercetools answered 401 or 403"

    condition_matched_log {
      filter = "${local.of_functions} AND jsonPayload.error.class=\"CredentialsError\""
    }
  }

  alert_strategy {
    auto_close = "3600s"

    notification_rate_limit {
      period = "3600s"
    }
  }

  documentation {
    content = <<-EOT
      A key was rotated or lacks a scope; the log line names it. No message gets through until that is mended, and after about ${floor(local.retry_window_seconds / 3600)} hours messages become dead letters.
      Add a version to the secret, give its number in klaviyo_auth_key_secret or commercetools_client_secret, and apply. See docs/operations.md.
    EOT
  }
}
