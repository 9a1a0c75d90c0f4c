# The examples plan as they stand; only the zip, which may not be built yet, is another.

mock_provider "google" {
  source          = "./tests/mocks"
  override_during = plan
}

mock_provider "commercetools" {
  override_during = plan
}

mock_provider "commercetools" {
  alias           = "germany"
  override_during = plan
}

mock_provider "commercetools" {
  alias           = "britain"
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
    condition     = keys(output.commercetools_subscriptions) == keys(jsondecode(file("subscriptions.json")))
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

  assert {
    condition     = output.lanes.catalog.resource_types == ["category", "product", "review", "standalone-price"]
    error_message = "The production example keeps the catalog out of the way of orders."
  }
}

run "several_shops" {
  command = plan

  module {
    source = "./examples/several-shops"
  }

  variables {
    clients = {
      germany = { id = "de", secret = "-", scope = "manage_subscriptions:my-shop-de" }
      britain = { id = "gb", secret = "-", scope = "manage_subscriptions:my-shop-gb" }
    }
  }

  assert {
    condition     = output.germany.function_name == "klaviyo-sync-de" && output.britain.function_name == "klaviyo-sync-gb"
    error_message = "Each shop has a function of its own."
  }
}
