# What tells that the two systems are not equal, or that nobody has looked.

resource "google_monitoring_alert_policy" "history" {
  for_each = local.jobs

  project               = var.project_id
  display_name          = "${var.name}: ${each.key} failed"
  severity              = "ERROR"
  combiner              = "OR"
  notification_channels = local.channels
  user_labels           = var.labels

  conditions {
    display_name = "An execution of ${google_cloud_run_v2_job.history[each.key].name} failed"

    condition_threshold {
      filter          = "resource.type=\"cloud_run_job\" AND resource.labels.job_name=\"${google_cloud_run_v2_job.history[each.key].name}\" AND metric.type=\"run.googleapis.com/job/completed_execution_count\" AND metric.labels.result=\"failed\""
      comparison      = "COMPARISON_GT"
      threshold_value = 0
      duration        = "0s"

      aggregations {
        alignment_period   = "60s"
        per_series_aligner = "ALIGN_DELTA"
      }
    }
  }

  # The metric has points only when an execution ends, so only this ends an incident and lets the next one begin.
  alert_strategy {
    auto_close = "1800s"
  }

  documentation {
    content = <<-EOT
      The last attempt of ${var.name}-${each.key} ended with differences between commercetools and Klaviyo, or was broken off. The end of its log says which.
      Nothing that was written is lost, and starting it again goes on from there. See docs/operations.md.
    EOT
  }
}

resource "google_monitoring_alert_policy" "reconcile_start" {
  count = var.reconcile == null ? 0 : 1

  project               = var.project_id
  display_name          = "${var.name}: reconcile does not start"
  severity              = "ERROR"
  combiner              = "OR"
  notification_channels = local.channels
  user_labels           = var.labels

  conditions {
    display_name = "Cloud Scheduler could not start the job"

    condition_matched_log {
      filter = "resource.type=\"cloud_scheduler_job\" AND resource.labels.job_id=\"${google_cloud_scheduler_job.reconcile[0].name}\" AND severity>=ERROR"
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
      ${var.name}-reconcile was not started, so nobody has compared commercetools and Klaviyo. Cloud Scheduler's log has the answer that it got: mostly a permission that was taken away.
      Apply again, or start it by hand; the output history_commands has the command. See docs/operations.md.
    EOT
  }
}
