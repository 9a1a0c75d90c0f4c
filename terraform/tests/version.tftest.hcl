# Which version runs is said by labels.

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
  source_zip                = "tests/built/function.zip"
  commercetools_project_key = "shop"
  commercetools_api_url     = "https://api.europe-west1.gcp.commercetools.com"
  klaviyo_auth_key_secret   = { name = "klaviyo-auth-key", version = "3" }
  labels                    = { team = "shop" }
  lanes                     = 2
  backfill                  = {}
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

run "version" {
  command = plan

  assert {
    condition = alltrue(concat(
      [for lane in ["orders", "catalog"] :
      google_cloudfunctions2_function.sync[lane].labels == tomap({ team = "shop", sync-version = "1-2-0", sync-commit = "5b70bf9d1e2f" })],
      [google_cloud_run_v2_job.history["backfill"].labels == tomap({ team = "shop", sync-version = "1-2-0", sync-commit = "5b70bf9d1e2f" })],
    ))
    error_message = "Functions and jobs are labelled with the version that npm run package wrote."
  }
}

run "other_files" {
  command = plan

  variables {
    source_zip      = "tests/built/version.json" # a file that version.json does not name
    history_program = "versions.tf"
  }

  assert {
    condition = alltrue([
      google_cloudfunctions2_function.sync["orders"].labels == tomap({ team = "shop" }),
      google_cloud_run_v2_job.history["backfill"].labels == tomap({ team = "shop" }),
    ])
    error_message = "Of another file nobody says a version that is not the file's."
  }
}

run "no_version" {
  command = plan

  variables {
    source_zip      = "versions.tf"
    history_program = "versions.tf"
  }

  assert {
    condition     = google_cloudfunctions2_function.sync["orders"].labels == tomap({ team = "shop" })
    error_message = "Without version.json there is no label, and no error."
  }
}
