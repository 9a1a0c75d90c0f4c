# What is older than the deployment, and what got lost. Backfill and reconcile go by the difference between the two systems and
# remember nothing, so a task that dies is run again and goes on.
#
# A job is Node and one file. It cannot be the function's image: that holds neither Node nor an operating system, since Google
# lays it over a base that it patches, which it does for services only.

locals {
  history = { for job, settings in { backfill = var.backfill, reconcile = var.reconcile } : job => settings if settings != null }

  # The command of each job that there is.
  jobs = { for job, settings in local.history : job => concat(
    [job],
    job == "backfill" ? ["--yes"] : [],
    length(settings.only) == 0 ? [] : ["--only", join(",", settings.only)],
    settings.since == null ? [] : ["--since", settings.since],
    try(settings.phones, false) ? ["--phones"] : [],
    try(settings.repair, false) ? ["--repair"] : [],
    settings.args,
  ) }

  has_history     = length(local.jobs) > 0
  history_program = coalesce(var.history_program, "${dirname(var.source_zip)}/history.cjs")
}

resource "google_service_account" "history" {
  count = local.has_history ? 1 : 0

  project      = var.project_id
  account_id   = "${var.name}-history"
  display_name = "${var.name}: backfill and reconcile"
  description  = "Reads two secrets and its own program, and nothing else."
  depends_on   = [google_project_service.needed]
}

resource "google_secret_manager_secret_iam_member" "history" {
  for_each = { for variable, secret in local.secrets : variable => secret if local.has_history }

  project   = var.project_id
  secret_id = each.value.name
  role      = "roles/secretmanager.secretAccessor"
  member    = google_service_account.history[0].member
}

resource "google_storage_bucket_iam_member" "history" {
  count = local.has_history ? 1 : 0

  bucket = google_storage_bucket.source.name
  role   = "roles/storage.objectViewer"
  member = google_service_account.history[0].member
}

# Named by its contents, like the function's zip.
resource "google_storage_bucket_object" "history" {
  count = local.has_history ? 1 : 0

  bucket = google_storage_bucket.source.name
  name   = "history-${filesha256(local.history_program)}.cjs"
  source = local.history_program

  lifecycle {
    create_before_destroy = true
  }
}

resource "google_cloud_run_v2_job" "history" {
  for_each = local.jobs

  project             = var.project_id
  location            = var.region
  name                = "${var.name}-${each.key}"
  labels              = merge(var.labels, local.version_labels.history)
  deletion_protection = false # it keeps nothing
  depends_on          = [google_secret_manager_secret_iam_member.history, google_storage_bucket_iam_member.history]

  template {
    task_count = 1 # one process does more than Klaviyo takes

    template {
      service_account = google_service_account.history[0].email
      timeout         = "86400s" # the longest that is no preview; whatever takes longer goes on in the next attempt
      max_retries     = each.key == "backfill" ? 10 : 1

      containers {
        image   = var.history_image
        command = ["node", "/program/${google_storage_bucket_object.history[0].name}"]
        args    = each.value

        resources {
          limits = { cpu = "1", memory = local.history[each.key].memory }
        }

        dynamic "env" {
          for_each = { for key, value in local.environment : key => value if value != null }

          content {
            name  = env.key
            value = env.value
          }
        }

        dynamic "env" {
          for_each = local.secrets

          content {
            name = env.key

            value_source {
              secret_key_ref {
                secret  = env.value.name
                version = env.value.version
              }
            }
          }
        }

        volume_mounts {
          name       = "program"
          mount_path = "/program"
        }
      }

      volumes {
        name = "program"

        gcs {
          bucket    = google_storage_bucket.source.name
          read_only = true
        }
      }

      dynamic "vpc_access" {
        for_each = var.vpc_connector[*]

        content {
          connector = vpc_access.value
          egress    = "ALL_TRAFFIC"
        }
      }
    }
  }
}
