# The jobs of history: made only when asked for, and able to do nothing but read two secrets and their own program.

mock_provider "google" {
  source          = "./tests/mocks"
  override_during = plan
}

mock_provider "commercetools" {
  override_during = plan
}

variables {
  project_id                = "shop-project"
  region                    = "europe-west1"
  source_zip                = "versions.tf" # any file does: only its hash is looked at
  history_program           = "apis.tf"     # likewise
  commercetools_project_key = "shop"
  commercetools_api_url     = "https://api.europe-west1.gcp.commercetools.com"
  klaviyo_auth_key_secret   = { name = "klaviyo-auth-key", version = "3" }
  backfill                  = {}
  reconcile                 = {}
}

override_resource {
  target          = google_service_account.history
  override_during = plan
  values = {
    email  = "history@shop-project.iam.gserviceaccount.com"
    member = "serviceAccount:history@shop-project.iam.gserviceaccount.com"
  }
}

override_resource {
  target          = google_service_account.nightly
  override_during = plan
  values = {
    email  = "nightly@shop-project.iam.gserviceaccount.com"
    member = "serviceAccount:nightly@shop-project.iam.gserviceaccount.com"
  }
}

run "none_unless_asked_for" {
  command = plan

  variables {
    backfill        = null
    reconcile       = null
    history_program = null
  }

  assert {
    condition = alltrue([
      length(google_cloud_run_v2_job.history) + length(google_cloud_scheduler_job.reconcile) == 0,
      length(google_service_account.history) + length(google_service_account.nightly) == 0,
      length(google_secret_manager_secret_iam_member.history) + length(google_storage_bucket_iam_member.history) == 0,
      length(google_storage_bucket_object.history) == 0,
      length(google_monitoring_alert_policy.history) + length(google_monitoring_alert_policy.reconcile_start) == 0,
      !contains(keys(google_project_service.needed), "cloudscheduler"),
      length(output.history_commands) == 0,
    ])
    error_message = "By default there is no job, nor anything for one."
  }
}

run "backfill_alone" {
  command = plan

  variables {
    reconcile = null
  }

  assert {
    condition = alltrue([
      keys(google_cloud_run_v2_job.history) == ["backfill"],
      keys(google_monitoring_alert_policy.history) == ["backfill"],
      length(google_cloud_scheduler_job.reconcile) + length(google_service_account.nightly) == 0,
      !contains(keys(google_project_service.needed), "cloudscheduler"),
    ])
    error_message = "A job that is started by hand has no schedule, and nobody but a human to start it."
  }

  assert {
    condition     = output.history_commands == { backfill = "gcloud run jobs execute klaviyo-sync-backfill --project=shop-project --region=europe-west1" }
    error_message = "The command that starts the backfill is an output."
  }
}

run "program" {
  command = plan

  assert {
    condition = alltrue([
      for job in values(google_cloud_run_v2_job.history) : alltrue([
        job.template[0].template[0].containers[0].image == "docker.io/library/node:24-slim",
        job.template[0].template[0].containers[0].command == tolist(["node", "/program/history-${filesha256("apis.tf")}.cjs"]),
        job.template[0].template[0].containers[0].volume_mounts[0].mount_path == "/program",
        job.template[0].template[0].volumes[0].gcs[0].bucket == "shop-project-klaviyo-sync-source",
        job.template[0].template[0].volumes[0].gcs[0].read_only,
      ])
    ])
    error_message = "A job is Node and the program, which is named by its hash and cannot be written to."
  }

  assert {
    condition = alltrue([
      google_cloud_run_v2_job.history["backfill"].template[0].template[0].containers[0].args == tolist(["backfill", "--yes"]),
      google_cloud_run_v2_job.history["reconcile"].template[0].template[0].containers[0].args == tolist(["reconcile", "--since", "2d"]),
    ])
    error_message = "Backfill writes all of the history without asking, and reconcile looks back two days."
  }

  assert {
    condition = alltrue([
      for job in values(google_cloud_run_v2_job.history) : alltrue([
        job.template[0].task_count == 1,
        job.template[0].template[0].timeout == "86400s",
        job.template[0].template[0].containers[0].resources[0].limits.memory == "1Gi",
        !job.deletion_protection,
      ])
    ])
    error_message = "One task does it all, for a day if need be."
  }

  assert {
    condition = alltrue([
      google_cloud_run_v2_job.history["backfill"].template[0].template[0].max_retries == 10,
      google_cloud_run_v2_job.history["reconcile"].template[0].template[0].max_retries == 1,
    ])
    error_message = "A backfill that dies goes on, and a difference counts that is seen twice."
  }
}

run "environment" {
  command = plan

  variables {
    settings = { orders = { fulfilledStates = ["Complete"] } }
  }

  assert {
    condition = alltrue([
      for job in values(google_cloud_run_v2_job.history) :
      tomap({ for variable in job.template[0].template[0].containers[0].env : variable.name => variable.value if length(variable.value_source) == 0 })
      == google_cloudfunctions2_function.sync["orders"].service_config[0].environment_variables
    ])
    error_message = "A job is told what the function is told, or it would write other things."
  }

  assert {
    condition = alltrue([
      for job in values(google_cloud_run_v2_job.history) :
      { for variable in job.template[0].template[0].containers[0].env : variable.name => variable.value_source[0].secret_key_ref[0].secret if length(variable.value_source) == 1 }
      == { CT_API_CLIENT = "klaviyo-sync-commercetools-client", KLAVIYO_AUTH_KEY = "klaviyo-auth-key" }
    ])
    error_message = "Two variables come from Secret Manager."
  }
}

run "options" {
  command = plan

  variables {
    history_image = "europe-docker.pkg.dev/shop-project/mirror/node:24-slim"
    vpc_connector = "projects/shop-project/locations/europe-west1/connectors/out"
    backfill = {
      only   = ["orders", "customers"]
      since  = "2024-01-01"
      phones = true
      args   = ["--share", "0.5"]
      memory = "2Gi"
    }
    reconcile = {
      schedule = "30 4 * * 0"
      only     = ["orders"]
      since    = "8d"
      repair   = true
      args     = ["--exact"]
    }
  }

  assert {
    condition = alltrue([
      google_cloud_run_v2_job.history["backfill"].template[0].template[0].containers[0].args == tolist(["backfill", "--yes", "--only", "customers,orders", "--since", "2024-01-01", "--phones", "--share", "0.5"]),
      google_cloud_run_v2_job.history["reconcile"].template[0].template[0].containers[0].args == tolist(["reconcile", "--only", "orders", "--since", "8d", "--repair", "--exact"]),
      google_cloud_run_v2_job.history["backfill"].template[0].template[0].containers[0].resources[0].limits.memory == "2Gi",
      google_cloud_scheduler_job.reconcile[0].schedule == "30 4 * * 0",
    ])
    error_message = "Every option reaches its job."
  }

  assert {
    condition = alltrue([
      for job in values(google_cloud_run_v2_job.history) : alltrue([
        job.template[0].template[0].containers[0].image == "europe-docker.pkg.dev/shop-project/mirror/node:24-slim",
        job.template[0].template[0].vpc_access[0].connector == "projects/shop-project/locations/europe-west1/connectors/out",
        job.template[0].template[0].vpc_access[0].egress == "ALL_TRAFFIC",
      ])
    ])
    error_message = "What an organisation demands holds for the jobs, too."
  }
}

run "least_privilege" {
  command = plan

  assert {
    condition = alltrue([
      for job in values(google_cloud_run_v2_job.history) :
      job.template[0].template[0].service_account == "history@shop-project.iam.gserviceaccount.com"
    ])
    error_message = "A job does not run as the function does."
  }

  assert {
    condition = alltrue([
      for member in values(google_secret_manager_secret_iam_member.history) :
      member.role == "roles/secretmanager.secretAccessor" && member.member == "serviceAccount:history@shop-project.iam.gserviceaccount.com"
    ])
    error_message = "The account of the jobs reads secrets."
  }

  assert {
    condition = alltrue([
      toset(values(google_secret_manager_secret_iam_member.history)[*].secret_id) == toset(["klaviyo-auth-key", "klaviyo-sync-commercetools-client"]),
      google_storage_bucket_iam_member.history[0].bucket == "shop-project-klaviyo-sync-source",
      google_storage_bucket_iam_member.history[0].role == "roles/storage.objectViewer",
      google_storage_bucket_iam_member.history[0].member == "serviceAccount:history@shop-project.iam.gserviceaccount.com",
    ])
    error_message = "It reads these two, and the bucket that has its program."
  }

  assert {
    condition = alltrue([
      google_cloud_run_v2_job_iam_member.nightly[0].name == "klaviyo-sync-reconcile",
      google_cloud_run_v2_job_iam_member.nightly[0].role == "roles/run.invoker",
      google_cloud_run_v2_job_iam_member.nightly[0].member == "serviceAccount:nightly@shop-project.iam.gserviceaccount.com",
    ])
    error_message = "The account of the schedule runs this job."
  }

  assert {
    condition     = keys(google_project_iam_member.build) == ["artifactregistry.writer", "logging.logWriter", "storage.objectViewer"]
    error_message = "History brings no role on the project."
  }
}

run "schedule" {
  command = plan

  assert {
    condition = alltrue([
      google_cloud_scheduler_job.reconcile[0].schedule == "0 3 * * *",
      google_cloud_scheduler_job.reconcile[0].time_zone == "Etc/UTC",
      google_cloud_scheduler_job.reconcile[0].http_target[0].http_method == "POST",
      google_cloud_scheduler_job.reconcile[0].http_target[0].uri == "https://run.googleapis.com/v2/projects/shop-project/locations/europe-west1/jobs/klaviyo-sync-reconcile:run",
      google_cloud_scheduler_job.reconcile[0].http_target[0].oauth_token[0].service_account_email == "nightly@shop-project.iam.gserviceaccount.com",
      contains(keys(google_project_service.needed), "cloudscheduler"),
    ])
    error_message = "Every night the schedule runs reconcile, in the name of an account that can do nothing else."
  }
}

run "alerts" {
  command = plan

  assert {
    condition = alltrue([
      for job in ["backfill", "reconcile"] : alltrue([
        strcontains(google_monitoring_alert_policy.history[job].conditions[0].condition_threshold[0].filter, "job_name=\"klaviyo-sync-${job}\""),
        strcontains(google_monitoring_alert_policy.history[job].conditions[0].condition_threshold[0].filter, "metric.type=\"run.googleapis.com/job/completed_execution_count\" AND metric.labels.result=\"failed\""),
        google_monitoring_alert_policy.history[job].conditions[0].condition_threshold[0].threshold_value == 0,
        strcontains(google_monitoring_alert_policy.history[job].documentation[0].content, "docs/operations.md"),
      ])
    ])
    error_message = "An execution that fails, as it does when the two are not equal, is an alert."
  }

  assert {
    condition = alltrue([
      strcontains(google_monitoring_alert_policy.reconcile_start[0].conditions[0].condition_matched_log[0].filter, "job_id=\"klaviyo-sync-reconcile\" AND severity>=ERROR"),
      strcontains(google_monitoring_alert_policy.reconcile_start[0].documentation[0].content, "docs/operations.md"),
    ])
    error_message = "A reconcile that is not started finds nothing, so that is an alert, too."
  }
}

run "program_is_missing" {
  command = plan

  variables {
    history_program = null # versions.tf has none beside it
  }

  expect_failures = [var.history_program]
}

run "backfill_of_what_there_is_not" {
  command = plan

  variables {
    backfill = { only = ["carts"] }
  }

  expect_failures = [var.backfill]
}

run "backfill_since_no_day" {
  command = plan

  variables {
    backfill = { since = "last year" }
  }

  expect_failures = [var.backfill]
}

run "backfill_memory_without_a_unit" {
  command = plan

  variables {
    backfill = { memory = "1024" }
  }

  expect_failures = [var.backfill]
}

run "reconcile_of_what_there_is_not" {
  command = plan

  variables {
    reconcile = { only = ["carts"] }
  }

  expect_failures = [var.reconcile]
}

run "reconcile_without_a_cron" {
  command = plan

  variables {
    reconcile = { schedule = "nightly" }
  }

  expect_failures = [var.reconcile]
}

run "reconcile_since_no_days" {
  command = plan

  variables {
    reconcile = { since = "yesterday" }
  }

  expect_failures = [var.reconcile]
}

run "reconcile_memory_without_a_unit" {
  command = plan

  variables {
    reconcile = { memory = "1024" }
  }

  expect_failures = [var.reconcile]
}
