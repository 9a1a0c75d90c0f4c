# What goes wrong when nobody looks: letters that are forgotten, and a shop that says nothing any more.

resource "google_monitoring_alert_policy" "dead_letter_expiring" {
  for_each = local.lanes

  project               = var.project_id
  display_name          = "${each.value.name}: dead letters are about to expire"
  severity              = "CRITICAL"
  combiner              = "OR"
  notification_channels = local.channels
  user_labels           = var.labels

  conditions {
    display_name = "A dead letter has waited ${var.alert_dead_letter_days} days"

    condition_threshold {
      filter          = "${local.of[each.key].dead_letter} AND metric.type=\"pubsub.googleapis.com/subscription/oldest_unacked_message_age\""
      comparison      = "COMPARISON_GT"
      threshold_value = var.alert_dead_letter_days * 86400
      duration        = "0s"

      aggregations {
        alignment_period   = "60s"
        per_series_aligner = "ALIGN_MAX"
      }
    }
  }

  documentation {
    content = <<-EOT
      A message in ${google_pubsub_subscription.dead_letter[each.key].name} has waited ${var.alert_dead_letter_days} days. After 31 days Pub/Sub deletes it, and nothing brings it back.
      Replay it, or drop it on purpose: `npm run dead-letter -- list`. See docs/operations.md.
    EOT
  }
}

resource "google_monitoring_alert_policy" "silence" {
  for_each = { for lane, settings in local.lanes : lane => settings if settings.silence_seconds != null }

  project               = var.project_id
  display_name          = "${each.value.name}: commercetools says nothing any more"
  severity              = "ERROR"
  combiner              = "OR"
  notification_channels = local.channels
  user_labels           = var.labels

  conditions {
    display_name = "The topic had messages, and has had none for ${each.value.silence_seconds} s"

    # Only what has had data can be absent, so a deployment that waits for its first message is quiet. A topic that a schedule
    # publishes to is never quiet, so there the attempts count that are about something else than a tick.
    condition_absent {
      filter = contains(local.ticking_lanes, each.key) ? join(" AND ", concat(
        [local.of[each.key].function, "metric.type=\"logging.googleapis.com/user/${google_logging_metric.attempts.name}\""],
        [for tick in values(local.ticks) : "metric.labels.handler!=\"${tick.handler}\"" if tick.lane == each.key],
      )) : "${local.of[each.key].topic} AND metric.type=\"pubsub.googleapis.com/topic/send_request_count\""
      duration = "${each.value.silence_seconds}s"

      aggregations {
        alignment_period     = "300s"
        per_series_aligner   = "ALIGN_DELTA"
        cross_series_reducer = "REDUCE_SUM"
      }
    }
  }

  documentation {
    content = <<-EOT
      commercetools has published nothing to ${google_pubsub_topic.source[each.key].name} for ${floor(each.value.silence_seconds / 3600)} hours: nobody bought or changed anything, or its subscriptions or their permission are gone.
      `npm run doctor` tells which. What happened meanwhile was not queued anywhere. See docs/operations.md.
    EOT
  }
}
