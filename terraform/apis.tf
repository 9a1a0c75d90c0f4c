locals {
  apis = setunion(
    [
      "artifactregistry", "cloudbuild", "cloudfunctions", "iam", "logging", "monitoring", "pubsub", "run",
      "secretmanager", "storage",
    ],
    var.trigger == "eventarc" ? ["eventarc"] : [],
    length(local.ticks) > 0 || var.reconcile != null ? ["cloudscheduler"] : [],
  )
}

data "google_project" "this" {
  project_id = var.project_id
}

resource "google_project_service" "needed" {
  for_each = var.enable_apis ? local.apis : []

  project = var.project_id
  service = "${each.key}.googleapis.com"
  # Others in the project may use them too.
  disable_on_destroy = false
}
