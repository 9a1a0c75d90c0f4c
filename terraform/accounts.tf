# Three accounts, each able to do one thing. What each may do stands next to what it does it to. Jobs have others: history.tf.

resource "google_service_account" "runtime" {
  project      = var.project_id
  account_id   = "${var.name}-runtime"
  display_name = "${var.name}: the function"
  description  = "Reads two secrets and nothing else."
  depends_on   = [google_project_service.needed]
}

resource "google_service_account" "push" {
  project      = var.project_id
  account_id   = "${var.name}-push"
  display_name = "${var.name}: delivery"
  description  = "Invokes ${var.lanes == 1 ? "one function" : "two functions"} and nothing else."
  depends_on   = [google_project_service.needed]
}

resource "google_service_account" "build" {
  count = var.build_service_account == null ? 1 : 0

  project      = var.project_id
  account_id   = "${var.name}-build"
  display_name = "${var.name}: build"
  description  = "Builds the function's image. Never runs it."
  depends_on   = [google_project_service.needed]
}

# What Google lists for a build account of one's own. They stand on the project because Cloud Functions makes the bucket
# and the repository of a build by itself, on the first one.
resource "google_project_iam_member" "build" {
  for_each = var.build_service_account == null ? toset(["artifactregistry.writer", "logging.logWriter", "storage.objectViewer"]) : []

  project = var.project_id
  role    = "roles/${each.key}"
  member  = google_service_account.build[0].member
}

# A build that starts before its account's roles are known everywhere fails, and with it the first apply.
resource "terraform_data" "build_roles_known" {
  count = var.build_service_account == null ? 1 : 0

  triggers_replace = [google_service_account.build[0].email]
  depends_on       = [google_project_iam_member.build]

  provisioner "local-exec" {
    command = "sleep 60"
  }
}

locals {
  build_account     = coalesce(var.build_service_account, one(google_service_account.build[*].email))
  build_account_id  = "projects/${var.project_id}/serviceAccounts/${local.build_account}"
  pubsub_agent      = "serviceAccount:service-${data.google_project.this.number}@gcp-sa-pubsub.iam.gserviceaccount.com"
  commercetools_pub = "serviceAccount:subscriptions@commercetools-platform.iam.gserviceaccount.com"
}
