# The commercetools side: which subscriptions, whose client, which secrets.

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

run "everything_is_on" {
  command = plan

  assert {
    condition = output.commercetools_subscriptions == {
      for type in ["customer", "order", "payment", "category", "product", "standalone-price", "inventory-entry", "review"] : type => "klaviyo-sync-${type}"
    }
    error_message = "By default there is a subscription for each resource type."
  }

  assert {
    condition = alltrue([
      for subscription in commercetools_subscription.sync :
      subscription.destination[0].type == "GoogleCloudPubSub" && subscription.destination[0].project_id == "shop-project" && subscription.destination[0].topic == "klaviyo-sync"
    ])
    error_message = "Every subscription publishes to the topic."
  }

  assert {
    condition = alltrue([
      for type, needs in jsondecode(file("subscriptions.json")) :
      flatten([for message in commercetools_subscription.sync[type].message : message.types]) == needs.messages
      && alltrue([for message in commercetools_subscription.sync[type].message : message.resource_type_id == type])
    ])
    error_message = "Every subscription asks for the messages of subscriptions.json."
  }

  assert {
    condition = alltrue([
      for type, needs in jsondecode(file("subscriptions.json")) :
      flatten([for change in commercetools_subscription.sync[type].changes : change.resource_type_ids]) == [for changed in [type] : changed if needs.changes]
    ])
    error_message = "Every subscription asks for changes where subscriptions.json says so."
  }
}

run "without_customer" {
  command = plan

  variables {
    sync = { customer = false }
  }

  assert {
    condition     = setsubtract(keys(jsondecode(file("subscriptions.json"))), keys(commercetools_subscription.sync)) == toset(["customer"])
    error_message = "The switch takes the subscription for customer away and no other."
  }
}

run "without_order" {
  command = plan

  variables {
    sync = { order = false }
  }

  assert {
    condition     = setsubtract(keys(jsondecode(file("subscriptions.json"))), keys(commercetools_subscription.sync)) == toset(["order"])
    error_message = "The switch takes the subscription for order away and no other."
  }
}

run "without_payment" {
  command = plan

  variables {
    sync = { payment = false }
  }

  assert {
    condition     = setsubtract(keys(jsondecode(file("subscriptions.json"))), keys(commercetools_subscription.sync)) == toset(["payment"])
    error_message = "The switch takes the subscription for payment away and no other."
  }
}

run "without_category" {
  command = plan

  variables {
    sync = { category = false }
  }

  assert {
    condition     = setsubtract(keys(jsondecode(file("subscriptions.json"))), keys(commercetools_subscription.sync)) == toset(["category"])
    error_message = "The switch takes the subscription for category away and no other."
  }
}

run "without_product" {
  command = plan

  variables {
    sync = { product = false }
  }

  assert {
    condition     = setsubtract(keys(jsondecode(file("subscriptions.json"))), keys(commercetools_subscription.sync)) == toset(["product"])
    error_message = "The switch takes the subscription for product away and no other."
  }
}

run "without_standalone_price" {
  command = plan

  variables {
    sync = { standalone-price = false }
  }

  assert {
    condition     = setsubtract(keys(jsondecode(file("subscriptions.json"))), keys(commercetools_subscription.sync)) == toset(["standalone-price"])
    error_message = "The switch takes the subscription for standalone-price away and no other."
  }
}

run "without_inventory_entry" {
  command = plan

  variables {
    sync = { inventory-entry = false }
  }

  assert {
    condition     = setsubtract(keys(jsondecode(file("subscriptions.json"))), keys(commercetools_subscription.sync)) == toset(["inventory-entry"])
    error_message = "The switch takes the subscription for inventory-entry away and no other."
  }
}

run "switched_on_by_name" {
  command = plan

  variables {
    sync = { customer = true }
  }

  assert {
    condition     = keys(commercetools_subscription.sync) == keys(jsondecode(file("subscriptions.json")))
    error_message = "What is not named stays on."
  }
}

run "client_made_here" {
  command = plan

  override_resource {
    target          = google_secret_manager_secret_version.commercetools_client
    override_during = plan
    values          = { version = "7" }
  }

  assert {
    condition = commercetools_api_client.sync[0].scope == toset([
      "view_customers:shop", "view_orders:shop", "view_payments:shop", "view_products:shop", "view_published_products:shop",
      "view_standalone_prices:shop", "view_types:shop", "view_customer_groups:shop", "view_discount_codes:shop",
    ])
    error_message = "The client may read what the handlers read, and write nothing."
  }

  assert {
    condition     = google_secret_manager_secret_version.commercetools_client[0].secret_data == null
    error_message = "The client's secret is not kept in the state a second time."
  }

  assert {
    condition = output.secrets == {
      KLAVIYO_AUTH_KEY = { name = "klaviyo-auth-key", version = "3" }
      CT_API_CLIENT    = { name = "klaviyo-sync-commercetools-client", version = "7" }
    }
    error_message = "The function takes both secrets at a version."
  }
}

run "scopes_of_payments_only" {
  command = plan

  variables {
    sync     = { customer = false, order = false, standalone-price = false }
    settings = { prices = { watchDates = true } }
  }

  assert {
    condition = commercetools_api_client.sync[0].scope == toset([
      "view_customers:shop", "view_orders:shop", "view_payments:shop", "view_products:shop", "view_published_products:shop",
      "view_standalone_prices:shop", "view_discount_codes:shop",
    ])
    error_message = "A refund names the order's discount codes, and a schedule reads prices of which nothing is reported."
  }
}

run "client_from_outside" {
  command = plan

  variables {
    commercetools_client_secret = { name = "shop-client", version = "2" }
  }

  assert {
    condition = alltrue([
      length(commercetools_api_client.sync) == 0,
      length(google_secret_manager_secret.commercetools_client) == 0,
      length(google_secret_manager_secret_version.commercetools_client) == 0,
    ])
    error_message = "Terraform makes no client and writes no secret."
  }

  assert {
    condition = toset([
      for variable in google_cloudfunctions2_function.sync["orders"].service_config[0].secret_environment_variables :
      "${variable.key} ${variable.project_id} ${variable.secret} ${variable.version}"
    ]) == toset(["CT_API_CLIENT shop-project shop-client 2", "KLAVIYO_AUTH_KEY shop-project klaviyo-auth-key 3"])
    error_message = "The function takes both secrets by name and version."
  }

  assert {
    condition     = toset(values(google_secret_manager_secret_iam_member.runtime)[*].secret_id) == toset(["shop-client", "klaviyo-auth-key"])
    error_message = "The runtime account may read the secrets that were given."
  }

  assert {
    condition     = output.commercetools_client_id == null
    error_message = "There is no client of Terraform's to name."
  }
}
