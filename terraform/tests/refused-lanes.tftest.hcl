# Every input that is refused: the lanes. What each refusal says is in variables-lanes.tf.

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
  commercetools_project_key = "shop"
  commercetools_api_url     = "https://api.europe-west1.gcp.commercetools.com"
  klaviyo_auth_key_secret   = { name = "klaviyo-auth-key", version = "3" }
}

run "there_are_three_lanes" {
  command = plan

  variables {
    lanes = 3
  }

  expect_failures = [var.lanes]
}

run "there_is_no_lane" {
  command = plan

  variables {
    lanes = 0
  }

  expect_failures = [var.lanes]
}

run "memory_has_no_unit" {
  command = plan

  variables {
    catalog_lane = { memory = "512" }
  }

  expect_failures = [var.catalog_lane]
}

run "concurrency_is_nothing" {
  command = plan

  variables {
    catalog_lane = { concurrency = 0 }
  }

  expect_failures = [var.catalog_lane]
}

run "min_instances_is_negative" {
  command = plan

  variables {
    catalog_lane = { min_instances = -1 }
  }

  expect_failures = [var.catalog_lane]
}

run "max_instances_is_nothing" {
  command = plan

  variables {
    catalog_lane = { max_instances = 0 }
  }

  expect_failures = [var.catalog_lane]
}

run "max_instances_is_below_the_least" {
  command = plan

  variables {
    catalog_lane = { min_instances = 3 }
  }

  expect_failures = [var.catalog_lane]
}

run "alert_silence_seconds_is_longer_than_google_looks_back" {
  command = plan

  variables {
    catalog_lane = { alert_silence_seconds = 86400 }
  }

  expect_failures = [var.catalog_lane]
}
