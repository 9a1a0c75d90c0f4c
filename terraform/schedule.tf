# What no message tells of, such as a cart that is left alone, is looked for when a schedule ticks. A tick is a message like any
# other: delivered until it is acknowledged, and kept when it is given up. Its window is fixed by when it was published.

locals {
  settings_off = toset(try(var.settings.handlers.disabled, []))

  # By the resource type that is looked at: the handler that takes the tick, its lane, and whether the settings ask for it.
  ticks = { for type, tick in {
    cart = {
      handler = "checkout-started"
      lane    = "orders"
      is_on   = try(var.settings.checkouts.urlTemplate, null) != null
    }
    standalone-price = {
      handler = "price-dates"
      lane    = local.lane_of["standalone-price"]
      is_on   = try(var.settings.prices.watchDates, false) == true
    }
  } : type => tick if tick.is_on && !contains(local.settings_off, tick.handler) }

  ticking_lanes = toset(values(local.ticks)[*].lane)
  # Not before three ticks are missing.
  missing_tick_seconds = max(900, 3 * var.tick_minutes * 60)
  scheduler_agent      = "serviceAccount:service-${data.google_project.this.number}@gcp-sa-cloudscheduler.iam.gserviceaccount.com"
}

resource "google_cloud_scheduler_job" "tick" {
  for_each = local.ticks

  project     = var.project_id
  region      = var.region
  name        = "${var.name}-tick-${each.key}"
  description = "Has ${var.name} look for what no message tells of: ${each.value.handler}."
  schedule    = "*/${var.tick_minutes} * * * *"
  time_zone   = "Etc/UTC"

  # A tick that is published before the way to the function is there would be lost.
  depends_on = [
    google_project_service.needed,
    google_pubsub_topic_iam_member.scheduler,
    google_pubsub_subscription.push,
    terraform_data.eventarc_subscription,
  ]

  pubsub_target {
    topic_name = google_pubsub_topic.source[each.value.lane].id
    data = base64encode(jsonencode({
      notificationType = "Tick"
      projectKey       = var.commercetools_project_key
      resource         = { typeId = each.key }
      intervalSeconds  = var.tick_minutes * 60
    }))
  }

  retry_config {
    retry_count = 5
  }
}

# Cloud Scheduler publishes in its own name. The role that Google gives it on the project may have been taken away.
resource "google_pubsub_topic_iam_member" "scheduler" {
  for_each = local.ticking_lanes

  project    = var.project_id
  topic      = google_pubsub_topic.source[each.key].name
  role       = "roles/pubsub.publisher"
  member     = local.scheduler_agent
  depends_on = [google_project_service.needed]
}

resource "google_monitoring_alert_policy" "tick" {
  for_each = local.ticks

  project               = var.project_id
  display_name          = "${var.name}: a schedule does not tick any more"
  severity              = "ERROR"
  combiner              = "OR"
  notification_channels = local.channels
  user_labels           = var.labels

  conditions {
    display_name = "There were ticks of ${each.key}, and none has been worked on for ${local.missing_tick_seconds} s"

    condition_absent {
      filter   = "${local.of[each.value.lane].function} AND metric.type=\"logging.googleapis.com/user/${google_logging_metric.attempts.name}\" AND metric.labels.handler=\"${each.value.handler}\""
      duration = "${local.missing_tick_seconds}s"

      aggregations {
        alignment_period     = "60s"
        per_series_aligner   = "ALIGN_DELTA"
        cross_series_reducer = "REDUCE_SUM"
      }
    }
  }

  documentation {
    content = <<-EOT
      ${var.name}-tick-${each.key} publishes nothing, or nothing of it is delivered: what it looks for is not found meanwhile. A window looks back to the tick before the last only.
      `npm run doctor` tells why. See docs/operations.md for how to make up for ticks that are missing.
    EOT
  }
}
