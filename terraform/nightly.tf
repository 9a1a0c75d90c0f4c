# Reconcile by a schedule, which can do nothing but start it.

resource "google_service_account" "nightly" {
  count = var.reconcile == null ? 0 : 1

  project      = var.project_id
  account_id   = "${var.name}-nightly"
  display_name = "${var.name}: the schedule of reconcile"
  description  = "Starts one job and nothing else."
  depends_on   = [google_project_service.needed]
}

resource "google_cloud_run_v2_job_iam_member" "nightly" {
  count = var.reconcile == null ? 0 : 1

  project  = var.project_id
  location = var.region
  name     = google_cloud_run_v2_job.history["reconcile"].name
  role     = "roles/run.invoker"
  member   = google_service_account.nightly[0].member
}

resource "google_cloud_scheduler_job" "reconcile" {
  count = var.reconcile == null ? 0 : 1

  project     = var.project_id
  region      = var.region
  name        = "${var.name}-reconcile"
  description = "Has ${var.name} compare commercetools and Klaviyo."
  schedule    = var.reconcile.schedule
  time_zone   = "Etc/UTC"
  depends_on  = [google_project_service.needed, google_cloud_run_v2_job_iam_member.nightly]

  http_target {
    http_method = "POST"
    uri         = "https://run.googleapis.com/v2/projects/${var.project_id}/locations/${var.region}/jobs/${google_cloud_run_v2_job.history["reconcile"].name}:run"

    oauth_token {
      service_account_email = google_service_account.nightly[0].email
    }
  }

  retry_config {
    retry_count = 3
  }
}
