# The examples plan as they stand; only the zip, which may not be built yet, is another.

mock_provider "google" {
  source          = "./tests/mocks"
  override_during = plan
}

mock_provider "commercetools" {
  override_during = plan
}

variables {
  source_zip = "versions.tf"
}

run "minimal" {
  command = plan

  module {
    source = "./examples/minimal"
  }

  assert {
    condition     = length(output.commercetools_subscriptions) == 6
    error_message = "The minimal example syncs everything."
  }
}

run "production" {
  command = plan

  module {
    source = "./examples/production"
  }

  assert {
    condition     = output.commercetools_client_id == null
    error_message = "The production example keeps the client's secret out of the state."
  }
}
